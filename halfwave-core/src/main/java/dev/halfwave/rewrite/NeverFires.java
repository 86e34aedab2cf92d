package dev.halfwave.rewrite;

import dev.halfwave.activation.Activation;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Activate;
import dev.halfwave.tensor.Tensor;
import java.util.Optional;

/** A rectifier of what cannot be positive is a constant, and so is what follows from it alone. */
public record NeverFires() implements Rewrite {
    @Override
    public String name() {
        return "never-fires";
    }

    @Override
    public String law() {
        return "relu(x) = 0 for x ≤ 0, as in relu(−relu(z)); likewise for each f of two slopes of which the left one is 0";
    }

    @Override
    public Optional<Value> apply(Site site) {
        boolean zero = site.op() instanceof Activate activate
                && isFlat(activate.activation())
                && !site.input(0).producer().isLasting()
                && NonPositive.holds(site.input(0));
        return zero ? Optional.of(site.constant(Tensor.zeros(site.shape()))) : Optional.empty();
    }

    private static boolean isFlat(Activation f) {
        Optional<Activation.Slopes> slopes = f.slopes();
        return slopes.isPresent() && slopes.get().negative() == 0;
    }
}
