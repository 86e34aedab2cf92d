package dev.halfwave.activation;

import dev.halfwave.activation.Formula.Binary;
import dev.halfwave.activation.Formula.Constant;
import dev.halfwave.activation.Formula.Function;
import dev.halfwave.activation.Formula.Operator;
import dev.halfwave.activation.Formula.Select;
import dev.halfwave.activation.Formula.Unary;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Prints formulas as people write them: {@code max(0, x)}, {@code y · (1 − y)}, {@code x if x > 0, else 0.01 · x}.
 *
 * <p>Numbers are rounded to four digits. What does not change a value is left out: to add 0, to multiply by 1, and
 * limits of 1000 or more, which formulas have for the sake of infinities alone.
 */
final class FormulaText {
    private static final MathContext DIGITS = new MathContext(4);
    private static final double FAR = 1000;

    /** How strongly a text holds together; parts of a stronger one are put in brackets. */
    private enum Bond {
        CASES,
        SUM,
        PRODUCT,
        POWER,
        ATOM
    }

    private record Text(String text, Bond bond) {
        /** This text where it has to hold together as strongly as that. */
        String within(Bond least) {
            return bond.compareTo(least) < 0 ? "(" + text + ")" : text;
        }

        boolean is(String other) {
            return text.equals(other);
        }
    }

    private FormulaText() {}

    static String of(Formula formula) {
        return print(formula).text();
    }

    /** A number with at most four digits and a proper minus. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "NaN" : value < 0 ? "−∞" : "∞";
        }
        BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
        boolean plain = value == 0 || Math.abs(value) >= 1e-4 && Math.abs(value) < 1e6;
        return (plain ? rounded.toPlainString() : rounded.toString()).replace('-', '−');
    }

    /** Numbers separated by commas. */
    static String numbers(List<Double> values) {
        return values.stream().map(FormulaText::number).collect(Collectors.joining(", "));
    }

    private static Text print(Formula formula) {
        if (formula.equals(Formula.zero())) {
            return atom("0");
        }
        if (formula instanceof Constant constant) {
            return new Text(number(constant.value()), constant.value() < 0 ? Bond.PRODUCT : Bond.ATOM);
        }
        if (formula instanceof Unary unary) {
            return apply(unary.function(), print(unary.operand()));
        }
        if (formula instanceof Binary binary) {
            return combine(binary);
        }
        if (formula instanceof Select select) {
            return new Text(cases(select), Bond.CASES);
        }
        return atom(formula instanceof Formula.X ? "x" : "y");
    }

    private static Text atom(String text) {
        return new Text(text, Bond.ATOM);
    }

    private static Text apply(Function function, Text a) {
        return switch (function) {
            case NEGATE -> new Text("−" + a.within(Bond.PRODUCT), Bond.PRODUCT);
            case ABS -> atom("|" + a.text() + "|");
            case EXP -> new Text("e^" + a.within(Bond.ATOM), Bond.POWER);
            case EXPM1 -> new Text("e^" + a.within(Bond.ATOM) + " − 1", Bond.SUM);
            case LOG1P -> atom("ln(1 + " + a.within(Bond.SUM) + ")");
            case LOG -> atom("ln(" + a.text() + ")");
            case SIGMOID -> atom("σ(" + a.text() + ")");
            case SQRT -> new Text("√" + a.within(Bond.ATOM), Bond.POWER);
            case FLOOR -> atom("⌊" + a.text() + "⌋");
            case CEIL -> atom("⌈" + a.text() + "⌉");
            default -> atom(name(function) + "(" + a.text() + ")");
        };
    }

    private static String name(Function function) {
        return switch (function) {
            case ASIN -> "arcsin";
            case ACOS -> "arccos";
            case ATAN -> "arctan";
            case ASINH -> "arsinh";
            case ACOSH -> "arcosh";
            case ATANH -> "artanh";
            default -> function.name().toLowerCase(Locale.ROOT);
        };
    }

    private static Text combine(Binary binary) {
        Text a = print(binary.left());
        Text b = print(binary.right());
        return switch (binary.operator()) {
            case ADD -> sum(a, b);
            case SUBTRACT -> b.is("0") ? a : new Text(a.within(Bond.SUM) + " − " + b.within(Bond.PRODUCT), Bond.SUM);
            case MULTIPLY -> binary.right() instanceof Constant ? product(b, a) : product(a, b);
            case DIVIDE ->
                b.is("1") ? a : new Text(a.within(Bond.PRODUCT) + " / " + b.within(Bond.POWER), Bond.PRODUCT);
            case MAX, MIN -> limit(binary, a, b);
            case POWER -> new Text(a.within(Bond.ATOM) + "^" + b.within(Bond.ATOM), Bond.POWER);
        };
    }

    private static Text sum(Text a, Text b) {
        if (a.is("0") || b.is("0")) {
            return a.is("0") ? b : a;
        }
        return b.text().startsWith("−") && b.bond() == Bond.PRODUCT
                ? new Text(a.within(Bond.SUM) + " − " + b.text().substring(1), Bond.SUM)
                : new Text(a.within(Bond.SUM) + " + " + b.within(Bond.SUM), Bond.SUM);
    }

    private static Text product(Text a, Text b) {
        if (a.is("1") || b.is("1")) {
            return a.is("1") ? b : a;
        }
        return a.equals(b)
                ? new Text(a.within(Bond.ATOM) + "²", Bond.POWER)
                : new Text(a.within(Bond.PRODUCT) + " · " + b.within(Bond.PRODUCT), Bond.PRODUCT);
    }

    private static Text limit(Binary binary, Text a, Text b) {
        boolean number = binary.right() instanceof Constant;
        if (binary.right() instanceof Constant bound && Math.abs(bound.value()) >= FAR) {
            return a;
        }
        String name = binary.operator() == Operator.MAX ? "max(" : "min(";
        return atom(name + (number ? b.text() + ", " + a.text() : a.text() + ", " + b.text()) + ")");
    }

    private static String cases(Select select) {
        String first = print(select.positive()).within(Bond.SUM) + " if " + condition(select.test());
        return first
                + (select.otherwise() instanceof Select next
                        ? ", " + cases(next)
                        : ", else " + print(select.otherwise()).within(Bond.SUM));
    }

    private static String condition(Formula test) {
        return test instanceof Binary binary && binary.operator() == Operator.SUBTRACT
                ? print(binary.left()).within(Bond.SUM) + " > "
                        + print(binary.right()).within(Bond.SUM)
                : print(test).within(Bond.SUM) + " > 0";
    }
}
