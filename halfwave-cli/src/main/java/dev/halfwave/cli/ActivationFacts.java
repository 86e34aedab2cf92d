package dev.halfwave.cli;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Facts;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What the cheat sheet says about a function. */
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
    static List<String> cells(Facts f) {
        return List.of(
                title(f),
                f.formula(),
                f.range().toString(),
                f.derivativeFormula(),
                f.derivativeRange().toString(),
                yes(f.monotone()),
                f.smoothness(),
                yes(f.idempotent()),
                yes(f.positivelyHomogeneous()),
                f.saturation(),
                f.source());
    }

    /** The name, with its parameters if they are not the usual ones. */
    static String title(Facts f) {
        return Facts.all().contains(f) ? f.name() : f.spec();
    }

    private static String yes(boolean fact) {
        return fact ? "yes" : "no";
    }

    /** For machines. */
    static Map<String, Object> object(Facts f) {
        Map<String, Object> object = Json.object(
                "name", f.name(),
                "spec", f.spec(),
                "formula", f.formula(),
                "range", f.range().toString(),
                "derivative", f.derivativeFormula(),
                "derivativeRange", f.derivativeRange().toString(),
                "monotone", f.monotone(),
                "smooth", f.smoothness(),
                "idempotent", f.idempotent(),
                "positivelyHomogeneous", f.positivelyHomogeneous(),
                "saturatesAt", f.saturation(),
                "source", f.source());
        if (f instanceof Activation ofOneNumber) {
            object.putAll(Json.object(
                    "kinks", ofOneNumber.kinks(),
                    "jumps", ofOneNumber.jumps(),
                    "lowerAsymptote", orNaN(ofOneNumber.lowerAsymptote()),
                    "upperAsymptote", orNaN(ofOneNumber.upperAsymptote()),
                    "gain", ofOneNumber.gain()));
        }
        return object;
    }

    /** NaN becomes null in JSON. */
    private static double orNaN(OptionalDouble number) {
        return number.orElse(Double.NaN);
    }
}
