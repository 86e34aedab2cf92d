package dev.halfwave.activation;

import dev.halfwave.name.Names;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds activations by name. */
public final class Activations {
    private static final Pattern SPEC = Pattern.compile("([a-z0-9-]+)(?:\\(([^()]*)\\))?");

    /** One line per activation, in the order of the cheat sheet. */
    private static final Map<String, Kind> KNOWN = new LinkedHashMap<>();

    static {
        plain(new Identity());
        plain(new Step());
        plain(new Relu());
        plain(new Relu6());
        of(new LeakyRelu(), LeakyRelu::new);
        of(new Prelu(), Prelu::new);
        ofTwo(new RRelu(), RRelu::new);
        plain(new NoisyRelu());
        of(new ThresholdedRelu(), ThresholdedRelu::new);
        plain(new SquaredRelu());
        plain(new Abs());
        of(new Elu(), Elu::new);
        ofTwo(new Selu(), Selu::new);
        of(new Celu(), Celu::new);
        plain(new Softplus());
        plain(new Sigmoid());
        ofTwo(new HardSigmoid(), HardSigmoid::new);
        of(new SteppedSigmoid(), units -> new SteppedSigmoid(whole(units)));
        plain(new Tanh());
        plain(new HardTanh());
        plain(new Arctan());
        plain(new Softsign());
        plain(new Gelu());
        plain(new GeluTanh());
        plain(new Silu());
        of(new Swish(), Swish::new);
        plain(new HardSwish());
        plain(new Mish());
        ofTwo(new Shrink(), Shrink::new);
    }

    private Activations() {}

    /**
     * What a name stands for.
     *
     * @param usual the function with its usual parameters
     * @param numbers how many parameters it has
     * @param maker the function with the given parameters
     */
    private record Kind(Activation usual, int numbers, Function<double[], Activation> maker) {}

    /** A function of two parameters. */
    @FunctionalInterface
    private interface OfTwo {
        Activation make(double first, double second);
    }

    private static void plain(Activation activation) {
        KNOWN.put(activation.name(), new Kind(activation, 0, none -> activation));
    }

    private static void of(Activation usual, DoubleFunction<Activation> maker) {
        KNOWN.put(usual.name(), new Kind(usual, 1, p -> maker.apply(p[0])));
    }

    private static void ofTwo(Activation usual, OfTwo maker) {
        KNOWN.put(usual.name(), new Kind(usual, 2, p -> maker.make(p[0], p[1])));
    }

    /** The whole number, or 0, which is refused, for one that is not whole. */
    private static int whole(double number) {
        return number == (int) number ? (int) number : 0;
    }

    /** All names, in the order of the cheat sheet. */
    public static List<String> names() {
        return List.copyOf(KNOWN.keySet());
    }

    /** Every activation with its usual parameters, in the order of the cheat sheet. */
    public static List<Activation> all() {
        return KNOWN.values().stream().map(Kind::usual).toList();
    }

    /**
     * The activation of the given name, optionally with its parameters, as in {@code relu}, {@code elu(0.5)} or {@code
     * hard-sigmoid(0.2, 0.5)}.
     *
     * @throws IllegalArgumentException if the name is unknown (the nearest one is suggested) or a parameter unfit
     */
    public static Activation of(String spec) {
        Matcher matcher = SPEC.matcher(spec.strip());
        Kind kind = matcher.matches() ? KNOWN.get(matcher.group(1)) : null;
        if (kind == null) {
            throw Names.unknown("activation", spec, names());
        }
        String numbers = matcher.group(2);
        return numbers == null ? kind.usual() : kind.maker().apply(numbers(kind, numbers, spec));
    }

    private static double[] numbers(Kind kind, String text, String spec) {
        String[] parts = text.split(",", -1);
        if (parts.length != kind.numbers()) {
            throw unfit(kind, spec);
        }
        try {
            return Arrays.stream(parts)
                    .map(String::strip)
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        } catch (NumberFormatException notANumber) {
            throw unfit(kind, spec);
        }
    }

    private static IllegalArgumentException unfit(Kind kind, String spec) {
        String wanted = kind.numbers() == 0
                ? "no brackets, as in "
                : kind.numbers() == 1 ? "a number in brackets as in " : kind.numbers() + " numbers in brackets as in ";
        return new IllegalArgumentException(
                "activation: expected " + wanted + kind.usual().spec() + ", received \"" + spec + "\"");
    }
}
