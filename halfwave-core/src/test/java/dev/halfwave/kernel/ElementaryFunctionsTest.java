package dev.halfwave.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Formula;
import dev.halfwave.activation.Formula.Function;
import dev.halfwave.kernel.scalar.ScalarBlockMath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the elementary functions to the errors that their Javadoc states, and the providers to the same bits. */
@Tag("kernels")
class ElementaryFunctionsTest {
    /** Bit patterns between two floats that are tried: coprime to all powers of two, so every mantissa bit varies. */
    private static final int STEP = 2003;

    /** The largest errors in units of the last place, rounded up; all floats were tried once to find them. */
    private static final Map<Function, Double> STATED = Map.of(
            Function.EXP, 1.1,
            Function.EXPM1, 1.6,
            Function.LOG1P, 1.3,
            Function.TANH, 1.5,
            Function.SIGMOID, 2.5,
            Function.LOG, 1.0,
            Function.ERF, 1.2,
            Function.ATAN, 1.4);

    /** Whole numbers, signs and roots are rounded once at most, as is what comes from double precision. */
    private static final double ROUNDED_ONCE = 0.5 + 1e-6;

    @ParameterizedTest
    @EnumSource(Function.class)
    void errorsStayBelowWhatIsStated(Function function) {
        Formula formula = Formula.x().apply(function);
        double worst = 0;
        float at = 0;
        for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; bits += STEP) {
            float x = Float.intBitsToFloat((int) bits);
            double error = ulps(ScalarBlockMath.apply(function, x), formula.at(x, Double.NaN));
            if (error > worst) {
                worst = error;
                at = x;
            }
        }
        assertThat(worst)
                .as("%s, worst at %s", function, at)
                .isLessThanOrEqualTo(STATED.getOrDefault(function, ROUNDED_ONCE));
    }

    @Test
    void theDocumentationStatesTheErrors() throws IOException {
        String documented = Files.readString(Path.of("..", "docs", "activations.md"));
        STATED.forEach((function, ulps) -> assertThat(documented)
                .contains("\n| " + function.name().toLowerCase(Locale.ROOT) + " | " + ulps + " |\n"));
    }

    private static double ulps(float actual, double exact) {
        float rounded = (float) exact;
        if (Float.isNaN(rounded) || Float.isInfinite(rounded) || rounded == 0) {
            boolean same = Float.floatToIntBits(actual) == Float.floatToIntBits(rounded);
            return same || Math.abs(exact - actual) <= Float.MIN_VALUE ? 0 : Double.POSITIVE_INFINITY;
        }
        return Math.abs(actual - exact) / Math.ulp(rounded);
    }

    @ParameterizedTest
    @EnumSource(Function.class)
    void everyProviderGivesTheBitsOfPlainJava(Function function) {
        Random random = new Random(4);
        int n = 1 << 16;
        Area x = Area.poisoned(random, n);
        for (int i = 0; i < n; i++) {
            x.array()[x.start() + i] = Float.intBitsToFloat(random.nextInt());
        }
        Area expected = evaluated(Providers.scalar(), function, x);
        for (Kernels kernels : Each.provider()) {
            evaluated(kernels, function, x).assertSameBits(kernels.name() + " " + function, expected);
        }
    }

    private static Area evaluated(Kernels kernels, Function function, Area x) {
        Area y = Area.poisoned(new Random(5), x.length());
        kernels.pointwise()
                .value(new OneFormula(Formula.x().apply(function), Formula.constant(0)))
                .apply(x.array(), x.start(), y.array(), y.start(), x.length());
        return y;
    }
}
