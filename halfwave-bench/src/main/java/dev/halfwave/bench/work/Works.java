package dev.halfwave.bench.work;

import dev.halfwave.activation.Relu;
import dev.halfwave.name.Names;
import dev.halfwave.nn.Activate;
import dev.halfwave.nn.BatchNorm;
import dev.halfwave.nn.Conv2d;
import dev.halfwave.nn.Dense;
import dev.halfwave.nn.GlobalAvgPool2d;
import dev.halfwave.nn.Layer;
import dev.halfwave.nn.MaxPool2d;
import dev.halfwave.nn.Network;
import dev.halfwave.nn.Networks;
import dev.halfwave.nn.Padding;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** All works, in the order in which they are run: one line for each. */
public final class Works {
    private static final Shape DIGIT = Shape.of(28, 28, 1);
    private static final Shape THUMBNAIL = Shape.of(32, 32, 3);
    private static final String PYTORCH = "pytorch";
    private static final String DL4J = "dl4j";
    private static final String ORT = "onnxruntime";

    private final List<Work> works = new ArrayList<>();

    private Works() {
        for (int batch : new int[] {64, 128}) {
            train("train-keras-cnn", known("keras-cnn", DIGIT, 10), batch, PYTORCH, DL4J);
        }
        for (String network : List.of("lenet", "keras-cnn")) {
            predict("predict-" + network, known(network, DIGIT, 10), 1, ORT);
            predict("predict-" + network, known(network, DIGIT, 10), 64, ORT);
        }
        train("train-vgg-style", Works::vggStyle, 64, PYTORCH);
        works.add(new Inference(
                "relu-12.8M",
                () -> single(Shape.of(400, 400, 80), new Activate(new Relu())),
                1,
                List.of(PYTORCH, "copy"),
                true));
        works.add(new ColdStart("cold-start-keras-cnn", known("keras-cnn", DIGIT, 10), 1, List.of(ORT), true));
        works.add(new PeakMemory(
                "memory-keras-cnn",
                new TrainingStep("", known("keras-cnn", DIGIT, 10), 128, List.of(PYTORCH, DL4J), true)));
        LayerShapes.all().forEach(works::add);
    }

    /** Every work. */
    public static List<Work> all() {
        return List.copyOf(new Works().works);
    }

    /**
     * The work of a key.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Work of(String key) {
        List<Work> all = all();
        return all.stream()
                .filter(work -> work.key().equals(key))
                .findFirst()
                .orElseThrow(() ->
                        Names.unknown("work", key, all.stream().map(Work::key).toList()));
    }

    private void train(String name, Supplier<Network> network, int batch, String... peers) {
        works.add(new TrainingStep(name, network, batch, List.of(peers), true));
    }

    private void predict(String name, Supplier<Network> network, int batch, String... peers) {
        works.add(new Inference(name, network, batch, List.of(peers), true));
    }

    private static Supplier<Network> known(String name, Shape sample, int classes) {
        return () -> Networks.of(name, sample, classes, new Relu());
    }

    /** A network of one layer. */
    static Network single(Shape sample, Layer layer) {
        return Network.of("single", sample, layer);
    }

    /** 3×3 layers of 64, 128, 256 and 512 channels, each followed by batch norm, rectifier and pooling. */
    private static Network vggStyle() {
        List<Layer> layers = new ArrayList<>();
        for (int channels : new int[] {64, 128, 256, 512}) {
            layers.add(Conv2d.of(channels, 3).padding(Padding.SAME).withoutBias());
            layers.add(new BatchNorm());
            layers.add(new Activate(new Relu()));
            layers.add(MaxPool2d.of(2));
        }
        layers.add(new GlobalAvgPool2d());
        layers.add(Dense.of(10));
        return Network.of("vgg-style", THUMBNAIL, layers.toArray(Layer[]::new));
    }
}
