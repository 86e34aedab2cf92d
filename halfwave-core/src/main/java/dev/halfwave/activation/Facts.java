package dev.halfwave.activation;

import dev.halfwave.name.Names;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the cheat sheet says about a function: of one number ({@link Activation}), or of a row of them ({@link
 * RowFunction}).
 *
 * <p>Of a function of rows, f′ stands for all partial derivatives {@code ∂yᵢ/∂xⱼ}.
 */
public sealed interface Facts permits Activation, RowFunction {
    /** The field's name for it in lower case, as in {@code leaky-relu}. */
    String name();

    /** The name followed by the parameters, as in {@code leaky-relu(0.01)}. */
    default String spec() {
        return name();
    }

    /** f as people write it. */
    String formula();

    /** f′ as people write it. */
    String derivativeFormula();

    /** All values that f takes; where f jumps, the smallest interval that holds them. */
    Interval range();

    /** All values that f′ takes. */
    Interval derivativeRange();

    /** Whether nothing that f gives ever falls when something that it takes rises. */
    boolean monotone();

    /** Where f or f′ jumps, in words; "yes" if neither does. */
    String smoothness();

    /** Whether f(f(x)) = f(x). */
    boolean idempotent();

    /** Whether f(s·x) = s·f(x) for every s ≥ 0. */
    boolean positivelyHomogeneous();

    /** The values that f approaches with a vanishing gradient, in words; "–" if there is none. */
    String saturation();

    /** Who described it, and where. */
    String source();

    /** Everything on the cheat sheet, with its usual parameters. */
    static List<Facts> all() {
        return Stream.concat(Activations.all().stream(), RowFunction.all().stream())
                .toList();
    }

    /** The names of all that is on the cheat sheet. */
    static List<String> names() {
        return all().stream().map(Facts::name).toList();
    }

    /**
     * What is known about the function of a name, optionally with its parameters.
     *
     * @throws IllegalArgumentException if the name is unknown (the nearest one is suggested) or a parameter unfit
     */
    static Facts of(String spec) {
        for (RowFunction function : RowFunction.all()) {
            if (function.name().equals(spec.strip())) {
                return function;
            }
        }
        if (!Activations.names().contains(spec.strip().replaceFirst("\\(.*\\)$", ""))) {
            throw Names.unknown("activation", spec, names());
        }
        return Activations.of(spec);
    }
}
