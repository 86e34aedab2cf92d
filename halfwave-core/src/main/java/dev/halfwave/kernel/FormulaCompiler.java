package dev.halfwave.kernel;

import static dev.halfwave.kernel.FormulaRegisters.RESULT;
import static dev.halfwave.kernel.FormulaRegisters.UPSTREAM;
import static dev.halfwave.kernel.FormulaRegisters.VARIABLE;

import dev.halfwave.activation.Formula;
import dev.halfwave.activation.Formula.Operator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns a formula into steps: operands first, equal parts once, parts without a variable as numbers.
 *
 * <p>Every part has a register of its own. Formulas have a handful of parts, so registers are not reused.
 */
final class FormulaCompiler {
    private final BlockMath math;
    private final List<FormulaStep> steps = new ArrayList<>();
    private final Map<Formula, Integer> places = new HashMap<>();
    private int registers = FormulaRegisters.FIRST_FREE;

    FormulaCompiler(BlockMath math) {
        this.math = math;
    }

    /** Emits the steps of y = f(x). */
    void emitValue(Formula formula) {
        emit(formula, RESULT);
    }

    /** Emits the steps of dx = dy · f′. */
    void emitGradient(Formula derivative) {
        if (isNumber(derivative)) {
            combineRight(Operator.MULTIPLY, UPSTREAM, number(derivative), RESULT);
        } else {
            combine(Operator.MULTIPLY, UPSTREAM, place(derivative), RESULT);
        }
    }

    List<FormulaStep> steps() {
        return List.copyOf(steps);
    }

    /** How many registers the steps use. */
    int registers() {
        return registers;
    }

    /** The register that holds the formula's value; the steps that put it there are emitted if it is nowhere yet. */
    private int place(Formula formula) {
        if (formula instanceof Formula.X || formula instanceof Formula.Y) {
            return VARIABLE;
        }
        Integer known = places.get(formula);
        if (known != null) {
            return known;
        }
        int register = registers++;
        emit(formula, register);
        places.put(formula, register);
        return register;
    }

    private void emit(Formula formula, int out) {
        if (isNumber(formula)) {
            steps.add(new FormulaStep.Fill(number(formula), out));
        } else if (formula instanceof Formula.Unary unary) {
            steps.add(new FormulaStep.Apply(math.apply(unary.function()), place(unary.operand()), out));
        } else if (formula instanceof Formula.Binary binary) {
            emit(binary, out);
        } else if (formula instanceof Formula.Select select) {
            int test = place(select.test());
            steps.add(new FormulaStep.Select(math, test, place(select.positive()), place(select.otherwise()), out));
        } else {
            combineRight(Operator.MULTIPLY, VARIABLE, 1, out);
        }
    }

    private void emit(Formula.Binary binary, int out) {
        Operator operator = binary.operator();
        if (isNumber(binary.right())) {
            combineRight(operator, place(binary.left()), number(binary.right()), out);
        } else if (isNumber(binary.left())) {
            int right = place(binary.right());
            steps.add(new FormulaStep.CombineNumber(math.combineLeft(operator), right, number(binary.left()), out));
        } else {
            combine(operator, place(binary.left()), place(binary.right()), out);
        }
    }

    private void combine(Operator operator, int a, int b, int out) {
        steps.add(new FormulaStep.Combine(math.combine(operator), a, b, out));
    }

    private void combineRight(Operator operator, int a, float number, int out) {
        steps.add(new FormulaStep.CombineNumber(math.combineRight(operator), a, number, out));
    }

    private static boolean isNumber(Formula formula) {
        return !formula.mentionsX() && !formula.mentionsY();
    }

    private static float number(Formula formula) {
        return (float) formula.at(Double.NaN, Double.NaN);
    }
}
