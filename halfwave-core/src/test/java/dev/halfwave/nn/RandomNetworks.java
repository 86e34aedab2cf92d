package dev.halfwave.nn;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Activations;
import dev.halfwave.activation.Identity;
import dev.halfwave.activation.Sigmoid;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Small random networks over all layers, for tests that hold two ways of computing the same thing against each other.
 */
public final class RandomNetworks {
    private final SplittableRandom random;

    private RandomNetworks(long seed) {
        random = new SplittableRandom(seed);
    }

    /** The network of a seed: a few image layers, then a dense readout of 3 classes. */
    public static Network of(long seed) {
        return new RandomNetworks(seed).network(seed);
    }

    private Network network(long seed) {
        Shape sample = Shape.of(random.nextInt(6, 10), random.nextInt(6, 10), random.nextInt(1, 4));
        List<Layer> layers = new ArrayList<>();
        int count = random.nextInt(1, 5);
        for (int i = 0; i < count; i++) {
            layers.add(imageLayer(2));
        }
        if (random.nextInt(3) == 0) {
            layers.add(larger());
        }
        layers.add(
                switch (random.nextInt(5)) {
                    case 0, 1 -> new Flatten();
                    case 2 -> new GlobalMaxPool2d();
                    default -> new GlobalAvgPool2d();
                });
        layers.add(Dense.of(random.nextInt(1, 20)).activation(activation()));
        layers.add(new Dropout(0.3));
        layers.add(Dense.of(3));
        return new Network("random-" + seed, sample, new Sequential(layers));
    }

    private Layer imageLayer(int depth) {
        return switch (random.nextInt(depth > 0 ? 13 : 8)) {
            case 0, 1 ->
                Conv2d.of(random.nextInt(1, 9), random.nextInt(1, 4))
                        .padding(Padding.SAME)
                        .dilation(random.nextInt(1, 3))
                        .activation(activation());
            case 2 ->
                Conv2d.of(random.nextInt(1, 9), 3)
                        .padding(Padding.of(1))
                        .withoutBias()
                        .activation(activation());
            case 3 -> new MaxPool2d(2, 1, random.nextBoolean() ? Padding.VALID : Padding.SAME);
            case 4 -> new BatchNorm();
            case 5 -> new Activate(activation());
            case 6 -> norm();
            case 7 -> ZeroPad2d.of(random.nextInt(2));
            case 8 -> Residual.of(new Sequential(List.of(new Activate(activation()), new BatchNorm())), activation());
            case 9 ->
                new Concat(List.of(
                        Conv2d.of(random.nextInt(1, 5), 1).activation(activation()),
                        new AvgPool2d(3, 1, Padding.SAME),
                        imageLayer(0) instanceof Activate a ? a : new Dropout(0.2)));
            case 10 -> new Add(List.of(new Activate(activation()), Sequential.of(new BatchNorm(), new Dropout(0.1))));
            default -> further();
        };
    }

    private Layer further() {
        return switch (random.nextInt(8)) {
            case 0 ->
                SeparableConv2d.of(random.nextInt(1, 9), 3)
                        .padding(Padding.SAME)
                        .multiplier(random.nextInt(1, 3))
                        .activation(activation());
            case 1 -> new SpatialDropout(0.3);
            case 2 -> new SqueezeExcite(2, activation(), new Sigmoid());
            case 3 -> new CRelu();
            case 4 -> Sequential.of(Conv2d.of(2 * random.nextInt(1, 5), 1), new Maxout(2));
            case 5 -> new Pad2d(List.of(Pad2d.Border.values()).get(random.nextInt(3)), 1, 0, 2, random.nextInt(2));
            case 6 -> Mul.of(Sequential.of(), new Activate(new Sigmoid()));
            default ->
                Residual.of(Sequential.of(new Activate(activation()), new BatchNorm()), activation())
                        .stochasticDepth(0.3);
        };
    }

    private Layer norm() {
        return switch (random.nextInt(4)) {
            case 0 -> new LayerNorm(0.1); // small sums of squares would blow up what rounding leaves of them
            case 1 -> new GroupNorm(1, 0.1);
            case 2 -> new InstanceNorm(0.1);
            default -> new LocalResponseNorm(random.nextInt(1, 6), 0.5, 0.75, 1);
        };
    }

    private Layer larger() {
        return switch (random.nextInt(3)) {
            case 0 -> UpSample2d.nearest(2);
            case 1 -> UpSample2d.linear(2);
            default ->
                ConvTranspose2d.of(random.nextInt(1, 5), random.nextInt(2, 4))
                        .stride(2)
                        .outputPadding(random.nextInt(2))
                        .activation(activation());
        };
    }

    private Activation activation() {
        // where a function jumps, rounding decides between two values
        List<Activation> all =
                Activations.all().stream().filter(f -> f.jumps().isEmpty()).toList();
        int pick = random.nextInt(all.size() + 1);
        return pick == all.size() ? new Identity() : all.get(pick);
    }
}
