package dev.halfwave.activation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Formula.Function;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormulaTextTest {
    private static final Formula X = Formula.x();

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "identity; x; 1",
                "step; max(0, sign(x)); 0",
                "relu; max(0, x); 1 if y > 0, else 0",
                "relu6; min(6, max(0, x)); 1 if y · (6 − y) > 0, else 0",
                "leaky-relu; x if x > 0, else 0.01 · x; 1 if y > 0, else 0.01",
                "prelu; x if x > 0, else 0.25 · x; 1 if x > 0, else 0.25",
                "rrelu; x if x > 0, else a · x for a = 0.2292, in training a ~ U(0.125, 0.3333); "
                        + "1 if y > 0, else 0.2292",
                "noisy-relu; max(0, x), in training max(0, x + n) for n ~ N(0, σ(x)); 1 if y > 0, else 0",
                "thresholded-relu; x if x > 1, else 0; 1 if y > 0, else 0",
                "squared-relu; max(0, x)²; 2 · √y",
                "abs; |x|; sign(x)",
                "elu; x if x > 0, else e^x − 1; 1 if y > 0, else y + 1",
                "selu; 1.051 · x if x > 0, else 1.758 · (e^x − 1); 1.051 if y > 0, else y + 1.758",
                "celu; x if x > 0, else e^x − 1; 1 if y > 0, else y + 1",
                "softplus; max(0, x) + ln(1 + e^(−|x|)); −(e^(−y) − 1)",
                "sigmoid; σ(x); y · (1 − y)",
                "hard-sigmoid; min(1, max(0, 0.2 · x + 0.5)); 0.2 if y · (1 − y) > 0, else 0",
                "stepped-sigmoid; Σ σ(x − i + 0.5) for i = 1 … 10; Σ s · (1 − s) for s = σ(x − i + 0.5)",
                "tanh; tanh(x); 1 − y²",
                "hard-tanh; min(1, max(−1, x)); 1 if 1 > y², else 0",
                "arctan; arctan(x); 1 / (x² + 1)",
                "softsign; x / (|x| + 1); (1 − |y|)²",
                "gelu; x · (0.5 · erf(0.7071 · x) + 0.5); 0.5 · erf(0.7071 · x) + 0.5 + x · 0.3989 · e^(−0.5 · x²)",
                "gelu-tanh; x · σ(x · (0.07135 · x² + 1.596)); "
                        + "s + x · s · (1 − s) · (0.2141 · x² + 1.596) for s = σ(x · (0.07135 · x² + 1.596))",
                "silu; x · σ(x); σ(x) · (x · (1 − σ(x)) + 1)",
                "swish; x · σ(x); σ(x) · (x · (1 − σ(x)) + 1)",
                "hard-swish; max(−3, x) · min(1, max(0, 0.1667 · x + 0.5)); "
                        + "1 if x > 3, 0.3333 · x + 0.5 if x + 3 > 0, else 0",
                "mish; x · tanh(ln(1 + e^x)); w + x · σ(x) · (1 − w²) for w = tanh(ln(1 + e^x))",
                "shrink; x if x > 0.5, x if −x > 0.5, else 0; 1 if |x| > 0.5, else 0",
                "elu(0.5); x if x > 0, else 0.5 · (e^x − 1); 1 if y > 0, else y + 0.5",
                "celu(2); x if x > 0, else 2 · (e^(x / 2) − 1); 1 if y > 0, else y / 2 + 1",
                "swish(2); x · σ(2 · x); σ(2 · x) · (2 · x · (1 − σ(2 · x)) + 1)",
                "shrink(1, 0.25); x − 0.25 if x > 1, x + 0.25 if −x > 1, else 0; 1 if |x| > 1, else 0"
            })
    void theCheatSheetReadsLikeATextbook(String spec, String formula, String derivative) {
        Activation f = Activations.of(spec);
        assertThat(f.formula()).isEqualTo(formula);
        assertThat(f.derivativeFormula()).isEqualTo(derivative);
    }

    @Test
    void everyActivationHasARow() throws NoSuchMethodException {
        String[] rows = FormulaTextTest.class
                .getDeclaredMethod("theCheatSheetReadsLikeATextbook", String.class, String.class, String.class)
                .getAnnotation(CsvSource.class)
                .value();
        assertThat(Arrays.stream(rows).map(row -> row.substring(0, row.indexOf(';'))))
                .containsAll(Activations.names());
    }

    @Test
    void bracketsStandWhereTheyAreNeeded() {
        assertText(X.plus(1).times(X), "(x + 1) · x");
        assertText(X.minus(X.minus(2)), "x − (x − 2)");
        assertText(X.over(X.times(2)), "x / (2 · x)");
        assertText(X.times(2).over(X), "2 · x / x");
        assertText(X.plus(1).power(Formula.constant(-0.5)), "(x + 1)^(−0.5)");
        assertText(X.apply(Function.NEGATE).apply(Function.EXP), "e^(−x)");
        assertText(X.apply(Function.EXPM1).times(2), "2 · (e^x − 1)");
        assertText(X.plus(1).apply(Function.NEGATE), "−(x + 1)");
        assertText(X.plus(X.apply(Function.NEGATE)), "x − x");
        assertText(X.plus(-3), "x − 3");
        assertText(Formula.select(X, X, X).times(2), "2 · (x if x > 0, else x)");
        assertText(X.plus(1).times(X.plus(1)), "(x + 1)²");
    }

    @Test
    void whatChangesNothingIsLeftOut() {
        assertText(X.times(1).plus(0).over(1).minus(0).max(-1e6).min(1e6), "x");
        assertText(Formula.zero(), "0");
    }

    @Test
    void functionsHaveTheirUsualNames() {
        assertText(X.apply(Function.ATAN), "arctan(x)");
        assertText(X.apply(Function.SQRT), "√x");
        assertText(X.plus(1).apply(Function.SQRT), "√(x + 1)");
        assertText(X.apply(Function.FLOOR).plus(X.apply(Function.CEIL)), "⌊x⌋ + ⌈x⌉");
        assertText(X.apply(Function.LOG).plus(X.apply(Function.LOG1P)), "ln(x) + ln(1 + x)");
        for (Function function : Function.values()) {
            assertThat(X.apply(function).text())
                    .contains("x")
                    .doesNotContain("_")
                    .isNotEqualTo("x");
        }
    }

    @Test
    void numbersHaveFourDigits() {
        assertText(Formula.constant(1 / 6.0), "0.1667");
        assertText(Formula.constant(-1000), "−1000");
        assertText(Formula.constant(123456), "123500");
        assertText(Formula.constant(1e-7), "1E−7");
        assertText(Formula.constant(Double.NEGATIVE_INFINITY), "−∞");
    }

    private static void assertText(Formula formula, String text) {
        assertThat(formula.text()).isEqualTo(text);
    }
}
