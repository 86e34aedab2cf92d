package dev.halfwave.rewrite;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Identity;
import dev.halfwave.activation.Relu;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Activate;
import java.util.Optional;

/** A second rectification changes nothing, nor does rectifying what cannot be negative; identity never does. */
public record IdempotentActivation() implements Rewrite {
    @Override
    public String name() {
        return "idempotent-activation";
    }

    @Override
    public String law() {
        return "f(f(x)) = f(x) for idempotent f; relu(x) = x for x ≥ 0; identity(x) = x";
    }

    @Override
    public Optional<Value> apply(Site site) {
        if (!(site.op() instanceof Activate activate)) {
            return Optional.empty();
        }
        Activation f = activate.activation();
        boolean nothing = f instanceof Identity
                || f.idempotent()
                        && Activated.by(site.input(0))
                                .filter(g -> g.getClass() == f.getClass() && g.equals(f))
                                .isPresent()
                || f instanceof Relu && NonNegative.holds(site.input(0));
        return nothing ? Optional.of(site.input(0)) : Optional.empty();
    }
}
