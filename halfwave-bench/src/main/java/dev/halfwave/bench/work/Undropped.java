package dev.halfwave.bench.work;

import dev.halfwave.nn.Add;
import dev.halfwave.nn.Concat;
import dev.halfwave.nn.Dropout;
import dev.halfwave.nn.Layer;
import dev.halfwave.nn.Network;
import dev.halfwave.nn.Residual;
import dev.halfwave.nn.Sequential;
import java.util.List;

/** A network without its dropout, whose masks no two libraries draw alike. */
final class Undropped {
    private Undropped() {}

    static Network of(Network network) {
        return new Network(network.name(), network.sample(), of(network.body()));
    }

    private static Layer of(Layer layer) {
        if (layer instanceof Dropout) {
            return Sequential.of();
        } else if (layer instanceof Sequential sequential) {
            return new Sequential(all(sequential.layers()));
        } else if (layer instanceof Residual residual) {
            return new Residual(of(residual.body()), of(residual.shortcut()), residual.activation());
        } else if (layer instanceof Concat concat) {
            return new Concat(all(concat.branches()));
        } else if (layer instanceof Add add) {
            return new Add(all(add.branches()));
        }
        return layer;
    }

    private static List<Layer> all(List<Layer> layers) {
        return layers.stream().map(Undropped::of).toList();
    }
}
