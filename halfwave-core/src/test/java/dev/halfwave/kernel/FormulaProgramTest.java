package dev.halfwave.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Formula;
import dev.halfwave.activation.Formula.Function;
import dev.halfwave.activation.Formula.Operator;
import dev.halfwave.activation.Softplus;
import dev.halfwave.kernel.scalar.ScalarBlockMath;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compiles formulas and compares the programs with the formulas in double precision. */
@Tag("kernels")
class FormulaProgramTest {
    private static final ScalarBlockMath MATH = new ScalarBlockMath();
    private static final Formula X = Formula.x();

    @Test
    void everyOperatorStandsBetweenRangesAndNumbers() {
        Formula other = X.apply(Function.ABS).plus(0.5);
        for (Operator operator : Operator.values()) {
            check(new Formula.Binary(operator, X, other));
            check(new Formula.Binary(operator, other, X));
            check(new Formula.Binary(operator, other, Formula.constant(0.7)));
            check(new Formula.Binary(operator, Formula.constant(0.7), other));
            check(new Formula.Binary(operator, Formula.constant(0.7), Formula.constant(-2)));
        }
    }

    @Test
    void formulasOfOneLeaf() {
        check(X);
        check(Formula.constant(3));
        check(Formula.select(Formula.constant(1), X, X.times(2)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19})
    void randomFormulas(int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            check(tame(random, 4));
        }
    }

    /** A random formula whose values stay small and whose conditioning is harmless. */
    private static Formula tame(Random random, int depth) {
        if (depth == 0) {
            return random.nextBoolean() ? X : Formula.constant(random.nextInt(5) - 2);
        }
        Formula first = tame(random, depth - 1);
        Formula second = tame(random, depth - 1);
        return switch (random.nextInt(6)) {
            case 0 -> first.plus(second);
            case 1 -> first.minus(second).apply(Function.TANH);
            case 2 -> first.apply(Function.SIGMOID).times(second);
            case 3 -> new Formula.Binary(Operator.MAX, first, second);
            case 4 -> first.over(second.apply(Function.ABS).plus(1));
            default -> first.apply(Function.NEGATE);
        };
    }

    private static void check(Formula formula) {
        Random random = new Random(6);
        int n = 3 * FormulaProgram.BLOCK + 5;
        Area x = Area.random(random, n);
        double[] expected = new double[n];
        double scale = 1;
        for (int i = 0; i < n; i++) {
            expected[i] = formula.at(x.get(i), Double.NaN);
            if (!Double.isNaN(expected[i])) { // as powers of negative numbers are
                scale = Math.max(scale, Math.abs(expected[i]));
            }
        }
        for (Kernels kernels : Each.provider()) {
            Area y = Area.poisoned(random, n);
            PointwiseKernels.Value value = kernels.pointwise().value(new OneFormula(formula, formula));
            value.apply(x.array(), x.start(), y.array(), y.start(), n);
            y.assertNear(kernels.name() + " " + formula, expected, 1e-5 * scale);
        }
    }

    @Test
    void equalPartsAreComputedOnce() {
        Formula part = X.apply(Function.EXP).plus(1);
        assertThat(FormulaProgram.value(part, MATH).length()).isEqualTo(2);
        assertThat(FormulaProgram.value(part.times(part).plus(part), MATH).length())
                .as("part, its square, their sum")
                .isEqualTo(4);
    }

    @Test
    void partsWithoutAVariableAreNumbers() {
        Formula number = Formula.constant(2).plus(3).apply(Function.EXP);
        assertThat(FormulaProgram.value(X.times(number), MATH).length()).isEqualTo(1);
        assertThat(FormulaProgram.value(number.minus(X), MATH).length()).isEqualTo(1);
    }

    @Test
    void aGradientMultipliesOnceMore() {
        Softplus softplus = new Softplus();
        assertThat(FormulaProgram.value(softplus.value(), MATH).length()).isEqualTo(6);
        assertThat(FormulaProgram.gradient(softplus.derivative(), MATH).length())
                .isEqualTo(4);
        assertThat(FormulaProgram.gradient(Formula.constant(2), MATH).length()).isEqualTo(1);
    }

    @Test
    void registersLetGoOfTheTensorsTheyPointedInto() {
        FormulaRegisters registers = new FormulaRegisters();
        float[] tensor = new float[3];
        registers.aim(FormulaRegisters.VARIABLE, tensor, 1);
        assertThat(registers.data(FormulaRegisters.VARIABLE)).isSameAs(tensor);
        registers.release();
        assertThat(registers.data(FormulaRegisters.VARIABLE)).isEmpty();
    }
}
