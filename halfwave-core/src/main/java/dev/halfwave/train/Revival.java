package dev.halfwave.train;

import dev.halfwave.graph.Node;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.graph.Source;
import dev.halfwave.nn.Model;
import dev.halfwave.train.UnitWiring.Part;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Gives dead units a second life: new first values for what leads to them, nothing kept of the optimizer's memory, and
 * zero for what leads away, so that the network computes at that moment what it did before.
 *
 * <p>Weights that lead away stay as they are where others share them, as behind a residual sum, and where they are frozen;
 * units whose own weights are frozen are not revived.
 *
 * @param wiring the network's
 * @param seed what the new values depend on, besides the step
 */
record Revival(UnitWiring wiring, long seed) {

    /** Revives one unit; returns false, with nothing changed, if it is not made by one layer's weights alone. */
    boolean revive(Trainer trainer, Node activation, int unit) {
        Optional<List<Part>> incoming = wiring.incoming(activation, unit);
        if (incoming.isEmpty() || incoming.get().stream().anyMatch(part -> isFrozen(trainer, part))) {
            return false;
        }
        incoming.get().forEach(part -> restart(trainer, part));
        wiring.outgoing(activation, unit)
                .ifPresent(parts -> parts.stream()
                        .filter(part -> !isFrozen(trainer, part))
                        .forEach(part -> write(trainer, part, zeros(part.parameter()))));
        trainer.model().parameters().changed();
        return true;
    }

    private static boolean isFrozen(Trainer trainer, Part part) {
        return trainer.isFrozen(part.parameter().key());
    }

    private void restart(Trainer trainer, Part part) {
        Source.Parameter parameter = part.parameter();
        float[] fresh = zeros(parameter);
        long mixed = (seed * 31 + trainer.position().step()) * 0x9e3779b97f4a7c15L
                + parameter.key().hashCode();
        parameter.initializer().fill(parameter.shape(), fresh, 0, new SplittableRandom(mixed));
        write(trainer, part, fresh);
    }

    private static float[] zeros(Source.Parameter parameter) {
        return new float[parameter.shape().elements()];
    }

    private static void write(Trainer trainer, Part part, float[] from) {
        Model model = trainer.model();
        ParameterLayout.Entry entry =
                model.parameters().layout().entry(part.parameter().key());
        for (int element : part.elements()) {
            model.parameters().data()[entry.offset() + element] = from[element];
        }
        if (part.parameter().trainable()) {
            trainer.forget(part.parameter().key(), part.elements());
        }
    }
}
