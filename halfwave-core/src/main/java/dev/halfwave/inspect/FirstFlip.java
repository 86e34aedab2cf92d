package dev.halfwave.inspect;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Pieces;
import dev.halfwave.graph.Node;
import dev.halfwave.op.Activate;
import dev.halfwave.op.MaxPool2d;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the gate that flips first when an image moves along a line, from every gate's input at two of its points. */
final class FirstFlip {
    private double nearest = Double.POSITIVE_INFINITY;
    private @Nullable Node gate;
    private int unit;

    private FirstFlip() {}

    /** @param run with the image fed in, and the image moved by one length of the direction as frozen point */
    static Optional<Flip> of(Linearization net, LazyInterpreter run) {
        FirstFlip search = new FirstFlip();
        for (Node node : net.gates()) {
            double[] z = run.get(node.input(0)).data();
            double[] moved = run.get(net.frozen(node.input(0))).data();
            if (node.op() instanceof MaxPool2d pool) {
                search.pool(node, PoolWindows.of(pool, node.input(0).shape()), z, moved);
            } else if (node.op() instanceof Activate activate) {
                search.activation(node, activate.activation(), z, moved);
            } else {
                search.prelu(node, run.get(node.input(1)).data(), z, moved);
            }
        }
        Node found = search.gate;
        return found == null
                ? Optional.empty()
                : Optional.of(new Flip(
                        search.nearest, found.name(), found.output().shape().dropFirst(), search.unit));
    }

    private void activation(Node node, Activation f, double[] z, double[] moved) {
        for (int i = 0; i < z.length; i++) {
            double step = moved[i] - z[i];
            for (double kink : f.kinks()) {
                boolean leaves = kink != z[i] || f.slopeAt(z[i]) != Pieces.slopeBeside(f, kink, step);
                if (step != 0 && leaves) {
                    offer(node, i, (kink - z[i]) / step);
                }
            }
        }
    }

    private void prelu(Node node, double[] slopes, double[] z, double[] moved) {
        for (int i = 0; i < z.length; i++) {
            double step = moved[i] - z[i];
            boolean leaves = z[i] != 0 || step > 0; // at zero it is on the negative side
            if (step != 0 && leaves && slopes[i % slopes.length] != 1) {
                offer(node, i, -z[i] / step);
            }
        }
    }

    private void pool(Node node, PoolWindows windows, double[] z, double[] moved) {
        for (int i = 0; i < windows.outputs(); i++) {
            int best = windows.largest(z, i);
            for (int j = windows.starts()[i]; j < windows.starts()[i + 1]; j++) {
                int other = windows.elements()[j];
                double closing = (moved[other] - z[other]) - (moved[best] - z[best]);
                if (closing > 0) {
                    offer(node, i, (z[best] - z[other]) / closing);
                }
            }
        }
    }

    private void offer(Node node, int element, double distance) {
        if (distance >= 0 && distance < nearest) {
            nearest = distance;
            gate = node;
            unit = element;
        }
    }
}
