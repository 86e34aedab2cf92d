package dev.halfwave.train;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.MulticlassHinge;

/**
 * The multi-class support vector machine's hinge: every wrong class's logit should lie below the right one's by the
 * margin.
 *
 * @param margin by how much; 1 by default
 * @see <a href="https://www.esann.org/sites/default/files/proceedings/legacy/es1999-461.pdf">Weston and Watkins 1999</a>
 */
public record SvmLoss(double margin) implements Loss {
    /** With a margin of 1. */
    public SvmLoss() {
        this(1);
    }

    @Override
    public String name() {
        return "svm";
    }

    @Override
    public Value apply(GraphBuilder g, Value logits, Value labels) {
        return g.add(new MulticlassHinge(margin), logits, labels);
    }
}
