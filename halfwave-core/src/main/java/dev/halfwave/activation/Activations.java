package dev.halfwave.activation;

import dev.halfwave.name.Names;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds activations by name. */
public final class Activations {
    private static final Pattern SPEC = Pattern.compile("([a-z0-9-]+)(?:\\(([^()]*)\\))?");

    /** One line per activation: what its name makes, given its parameter, or NaN for the usual one. */
    private static final Map<String, DoubleFunction<Activation>> KNOWN = new LinkedHashMap<>();

    static {
        KNOWN.put("identity", p -> new Identity());
        KNOWN.put("relu", p -> new Relu());
        KNOWN.put("relu6", p -> new Relu6());
        KNOWN.put("leaky-relu", p -> Double.isNaN(p) ? new LeakyRelu() : new LeakyRelu(p));
        KNOWN.put("prelu", p -> Double.isNaN(p) ? new Prelu() : new Prelu(p));
        KNOWN.put("elu", p -> Double.isNaN(p) ? new Elu() : new Elu(p));
        KNOWN.put("sigmoid", p -> new Sigmoid());
        KNOWN.put("tanh", p -> new Tanh());
        KNOWN.put("softplus", p -> new Softplus());
    }

    private Activations() {}

    /** All names, in the order of the cheat sheet. */
    public static List<String> names() {
        return List.copyOf(KNOWN.keySet());
    }

    /** Every activation with its usual parameters, in the order of the cheat sheet. */
    public static List<Activation> all() {
        return KNOWN.values().stream().map(maker -> maker.apply(Double.NaN)).toList();
    }

    /**
     * The activation of the given name, optionally with its parameter, as in {@code relu} or {@code elu(0.5)}.
     *
     * @throws IllegalArgumentException if the name is unknown (the nearest one is suggested) or the parameter unfit
     */
    public static Activation of(String spec) {
        Matcher matcher = SPEC.matcher(spec.strip());
        DoubleFunction<Activation> maker = matcher.matches() ? KNOWN.get(matcher.group(1)) : null;
        if (maker == null) {
            throw Names.unknown("activation", spec, names());
        }
        String parameter = matcher.group(2);
        if (parameter == null) {
            return maker.apply(Double.NaN);
        }
        try {
            return maker.apply(Double.parseDouble(parameter));
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    "activation: expected a number in brackets as in elu(0.5), received \"" + spec + "\"", notANumber);
        }
    }
}
