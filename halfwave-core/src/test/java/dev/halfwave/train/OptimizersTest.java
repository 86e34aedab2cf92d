package dev.halfwave.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code dev.halfwave.name.Choices} promises, on the choices that training has. */
class OptimizersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sgd",
                "nesterov",
                "adam",
                "adamw",
                "rmsprop",
                "adagrad",
                "nadam",
                "lion",
                "lamb",
                "muon",
                "sgd(momentum=0.5)",
                "adamw(beta2=0.99, decay=1.0E-4)",
                "rmsprop(rho=0.99, decay=0.1)",
                "adagrad(epsilon=0.1)",
                "nadam(beta1=0.8)",
                "lion(beta2=0.9, decay=3.0)",
                "lamb(beta2=0.99, decay=0.0)",
                "muon(momentum=0.9, nesterov=false)"
            })
    void aTextComesBackFromWhatItMakes(String spec) {
        Optimizer optimizer = Optimizers.of(spec);
        assertThat(Optimizers.spec(optimizer)).isEqualTo(spec);
        assertThat(Optimizers.of(Optimizers.spec(optimizer))).isEqualTo(optimizer);
    }

    @Test
    void bracketsHoldWhatIsNotAsUsual() {
        assertThat(Optimizers.of(" adamw( decay = 0.1 ) ")).isEqualTo(new Adam(0.9, 0.999, 1e-8, 0.1, true));
        assertThat(Losses.of("svm(margin=2)")).isEqualTo(new SvmLoss(2));
        assertThat(Schedules.of("one-cycle(rise=0.2)")).isEqualTo(new OneCycle(0.2, 0.04, 1e-4));
        assertThat(Schedules.spec(new OneCycle(0.3, 0.1, 0))).isEqualTo("one-cycle(start=0.1, end=0.0)");
    }

    @Test
    void misuseIsNamed() {
        refused(
                "adma",
                "unknown optimizer \"adma\": did you mean \"adam\"? Known: sgd, nesterov, adam, adamw, rmsprop, adagrad, nadam, lion,"
                        + " lamb, muon");
        refused(
                "adam(dacay=1)",
                "unknown setting of the optimizer adam \"dacay\": did you mean \"decay\"?"
                        + " Known: beta1, beta2, epsilon, decay, decoupled");
        refused("adam(0.1)", "optimizer \"adam(0.1)\": expected settings as in adam(name=number), received \"0.1\"");
        refused("adam()", "optimizer \"adam()\": expected settings as in adam(name=number), received \"\"");
        refused("adam(decay=much)", "optimizer \"adam(decay=much)\": expected a number for decay, received \"much\"");
        refused(
                "sgd(nesterov=1)",
                "optimizer \"sgd(nesterov=1)\": expected true or false for nesterov, received \"1\"");
        refused(
                "sgd(momentum=2)",
                "sgd: expected a momentum from 0 to below 1 and a decay of 0 or more, received 2.0 and 0.0");
        refused(
                "rmsprop(rho=1)",
                "rmsprop: expected a rho from 0 to below 1, an epsilon above 0 and a decay of 0 or more, received 1.0,"
                        + " 1.0E-8, 0.0");
        refused(
                "adagrad(epsilon=0)",
                "adagrad: expected an epsilon above 0 and a decay of 0 or more, received 0.0 and 0.0");
        refused(
                "nadam(beta2=1)",
                "nadam: expected betas from 0 to below 1, an epsilon above 0 and a decay of 0 or more, received 0.9,"
                        + " 1.0, 1.0E-8, 0.0");
        refused(
                "lion(decay=-1)",
                "lion: expected betas from 0 to below 1 and a decay of 0 or more, received 0.9, 0.99, -1.0");
        refused(
                "lamb(epsilon=0)",
                "lamb: expected betas from 0 to below 1, an epsilon above 0 and a decay of 0 or more, received 0.9,"
                        + " 0.999, 0.0, 0.01");
        refused(
                "muon(momentum=1)",
                "muon: expected a momentum from 0 to below 1 and a decay of 0 or more, received 1.0 and 0.1");
    }

    private static void refused(String spec, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Optimizers.of(spec))
                .withMessage(message);
    }
}
