package dev.halfwave.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every op is held to: its gradient rule agrees with finite differences of its definition, and its kernels agree
 * with its definition, forwards and backwards. A test class says how configurations are drawn.
 */
@ExtendWith(ContractTotals.class)
interface OpContract {
    /** Configurations tried for each op. */
    int CONFIGURATIONS = 60;

    /** How to draw a configuration of each op, by the op's name. */
    Map<String, Function<Draw, Trial>> trials();

    @Test
    default void gradientsAgreeWithFiniteDifferences(TestReporter reporter) {
        new TreeMap<>(trials()).forEach((name, trial) -> {
            FiniteDifferences differences = new FiniteDifferences();
            each(name, trial, Draw.SMALL, differences::check);
            reporter.publishEntry(name, differences.toString());
            ContractTotals.differences(name, differences.configurations());
            assertThat(differences.configurations()).isGreaterThanOrEqualTo(50);
            assertThat(differences.excludedShare())
                    .as("share of %s", differences)
                    .isLessThan(0.2);
        });
    }

    @Test
    @Tag("kernels")
    default void kernelsAgreeWithTheDefinition(TestReporter reporter) {
        new TreeMap<>(trials()).forEach((name, trial) -> {
            KernelAgreement agreement = new KernelAgreement();
            each(name, trial, Draw.LARGE, agreement::check);
            reporter.publishEntry(name, agreement.toString());
            ContractTotals.agreements(name, agreement.configurations());
            assertThat(agreement.configurations()).isGreaterThanOrEqualTo(50);
        });
    }

    private static void each(String name, Function<Draw, Trial> drawing, int work, Consumer<Trial> check) {
        for (int seed = 0; seed < CONFIGURATIONS; seed++) {
            Trial trial = drawing.apply(new Draw(new SplittableRandom(seed), work));
            assertThat(trial.op().name()).isEqualTo(name);
            try {
                check.accept(trial);
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError(name + ", seed " + seed + ", " + trial + ": " + failure.getMessage(), failure);
            }
        }
    }
}
