package dev.halfwave.kernel;

import dev.halfwave.activation.Formula;
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
    private final List<FormulaStep> steps = new ArrayList<>();
    private final Map<Formula, Integer> places = new HashMap<>();
    private int registers = FormulaRegisters.FIRST_FREE;

    /** Emits the steps of y = f(x). */
    void emitValue(Formula formula) {
        emit(formula, FormulaRegisters.RESULT);
    }

    /** Emits the steps of dx = dy · f′. */
    void emitGradient(Formula derivative) {
        if (isNumber(derivative)) {
            steps.add(new FormulaStep.CombineRight(
                    Formula.Operator.MULTIPLY, FormulaRegisters.UPSTREAM, number(derivative), FormulaRegisters.RESULT));
            return;
        }
        steps.add(new FormulaStep.Combine(
                Formula.Operator.MULTIPLY, FormulaRegisters.UPSTREAM, place(derivative), FormulaRegisters.RESULT));
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
            return FormulaRegisters.VARIABLE;
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
            steps.add(new FormulaStep.Apply(unary.function(), place(unary.operand()), out));
        } else if (formula instanceof Formula.Binary binary) {
            emit(binary, out);
        } else if (formula instanceof Formula.Select select) {
            steps.add(new FormulaStep.Select(
                    place(select.test()), place(select.positive()), place(select.otherwise()), out));
        } else {
            steps.add(new FormulaStep.CombineRight(Formula.Operator.MULTIPLY, FormulaRegisters.VARIABLE, 1, out));
        }
    }

    private void emit(Formula.Binary binary, int out) {
        if (isNumber(binary.right())) {
            steps.add(
                    new FormulaStep.CombineRight(binary.operator(), place(binary.left()), number(binary.right()), out));
        } else if (isNumber(binary.left())) {
            steps.add(
                    new FormulaStep.CombineLeft(binary.operator(), number(binary.left()), place(binary.right()), out));
        } else {
            steps.add(new FormulaStep.Combine(binary.operator(), place(binary.left()), place(binary.right()), out));
        }
    }

    private static boolean isNumber(Formula formula) {
        return !formula.mentionsX() && !formula.mentionsY();
    }

    private static float number(Formula formula) {
        return (float) formula.at(Double.NaN, Double.NaN);
    }
}
