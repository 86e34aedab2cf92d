package dev.halfwave.cli;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Activations;
import dev.halfwave.activation.Formula;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** What the cheat sheet says about an activation. */
final class ActivationFacts {
    static final List<String> HEAD = List.of(
            "name",
            "f(x)",
            "range",
            "f′",
            "range of f′",
            "monotone",
            "smooth",
            "idempotent",
            "homogeneous",
            "saturates at",
            "source");

    private ActivationFacts() {}

    /** For people, in the order of the head. */
    static List<String> cells(Activation f) {
        return List.of(
                title(f),
                f.formula(),
                f.range().toString(),
                f.derivativeFormula(),
                f.derivativeRange().toString(),
                yes(f.monotone()),
                smoothness(f),
                yes(f.idempotent()),
                yes(f.positivelyHomogeneous()),
                saturation(f),
                f.source());
    }

    /** The name, with its parameters if they are not the usual ones. */
    static String title(Activation f) {
        return Activations.all().contains(f) ? f.name() : f.spec();
    }

    private static String yes(boolean fact) {
        return fact ? "yes" : "no";
    }

    private static String smoothness(Activation f) {
        if (!f.jumps().isEmpty()) {
            return "jumps at " + list(f.jumps());
        }
        return f.kinks().isEmpty() ? "yes" : (f.kinks().size() == 1 ? "kink at " : "kinks at ") + list(f.kinks());
    }

    private static String list(List<Double> numbers) {
        return numbers.stream().map(ActivationFacts::number).collect(Collectors.joining(", "));
    }

    private static String number(double value) {
        return Formula.constant(value == 0 ? 0 : value).text();
    }

    private static String saturation(Activation f) {
        boolean left = f.lowerAsymptote().isPresent();
        boolean right = f.upperAsymptote().isPresent();
        if (left && right) {
            return side(f.lowerAsymptote()) + " and " + side(f.upperAsymptote());
        }
        return left ? side(f.lowerAsymptote()) + " (left)" : right ? side(f.upperAsymptote()) + " (right)" : "–";
    }

    private static String side(OptionalDouble asymptote) {
        return number(asymptote.orElseThrow());
    }

    /** For machines. */
    static Map<String, Object> object(Activation f) {
        return Json.object(
                "name", f.name(),
                "spec", f.spec(),
                "formula", f.formula(),
                "range", f.range().toString(),
                "derivative", f.derivativeFormula(),
                "derivativeRange", f.derivativeRange().toString(),
                "monotone", f.monotone(),
                "kinks", f.kinks(),
                "jumps", f.jumps(),
                "idempotent", f.idempotent(),
                "positivelyHomogeneous", f.positivelyHomogeneous(),
                "lowerAsymptote", orNaN(f.lowerAsymptote()),
                "upperAsymptote", orNaN(f.upperAsymptote()),
                "gain", f.gain(),
                "source", f.source());
    }

    /** NaN becomes null in JSON. */
    private static double orNaN(OptionalDouble number) {
        return number.orElse(Double.NaN);
    }
}
