package dev.halfwave.bench.work;

import dev.halfwave.activation.Relu;
import dev.halfwave.name.Names;
import dev.halfwave.nn.Activate;
import dev.halfwave.nn.Layer;
import dev.halfwave.nn.Network;
import dev.halfwave.nn.Networks;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All works, in the order in which they are run: one line for each. */
public final class Works {
    private static final Shape DIGIT = Shape.of(28, 28, 1);
    private static final Shape THUMBNAIL = Shape.of(32, 32, 3);
    private static final Shape PHOTOGRAPH = Shape.of(224, 224, 3);
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
        photographs();
        train("train-resnet-20", known("resnet-20", THUMBNAIL, 10), 128, PYTORCH);
        train("train-vgg-small", known("vgg-small", THUMBNAIL, 10), 64, PYTORCH);
        works.add(new Inference(
                "relu-12.8M",
                () -> single(Shape.of(400, 400, 80), new Activate(new Relu())),
                1,
                List.of(PYTORCH, "copy"),
                true));
        coldStart("cold-start-keras-cnn", false);
        coldStart("cold-start-keras-cnn-archived", true);
        works.add(new PeakMemory(
                "memory-train-resnet-20",
                new TrainingStep("", known("resnet-20", THUMBNAIL, 10), 128, List.of(PYTORCH), true)));
        LayerShapes.all().forEach(works::add);
    }

    /** Every work. */
    public static List<Work> all() {
        return List.copyOf(new Works().works);
    }

    /** Works of which there are several sizes, to see how time grows: over the batch, and over the size of an image. */
    public static List<Work> growing() {
        List<Work> works = new ArrayList<>();
        for (int batch : new int[] {1, 4, 16, 64, 256}) {
            works.add(new Inference("predict-keras-cnn", known("keras-cnn", DIGIT, 10), batch, List.of(), false));
        }
        for (int batch : new int[] {1, 4, 16, 64, 256}) {
            works.add(new TrainingStep("train-keras-cnn", known("keras-cnn", DIGIT, 10), batch, List.of(), false));
        }
        for (int size : new int[] {56, 112, 224, 448}) {
            Shape image = Shape.of(size, size, 3);
            works.add(new Inference("predict-resnet-18-" + size, known("resnet-18", image, 1000), 1, List.of(), false));
        }
        return works;
    }

    /**
     * The work of a key.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Work of(String key) {
        List<Work> all = Stream.concat(all().stream(), growing().stream()).toList();
        return all.stream()
                .filter(work -> work.key().equals(key))
                .findFirst()
                .orElseThrow(() ->
                        Names.unknown("work", key, all.stream().map(Work::key).toList()));
    }

    private void photographs() {
        for (String network : List.of("resnet-18", "resnet-50")) {
            predict("predict-" + network, known(network, PHOTOGRAPH, 1000), 1, ORT);
            predict("predict-" + network, known(network, PHOTOGRAPH, 1000), 8, ORT);
        }
        for (String network : List.of("vgg-16", "mobilenet-v2")) {
            predict("predict-" + network, known(network, PHOTOGRAPH, 1000), 1, ORT);
        }
    }

    private void train(String name, Supplier<Network> network, int batch, String... peers) {
        works.add(new TrainingStep(name, network, batch, List.of(peers), true));
    }

    private void predict(String name, Supplier<Network> network, int batch, String... peers) {
        works.add(new Inference(name, network, batch, List.of(peers), true));
    }

    private void coldStart(String name, boolean archived) {
        List<String> peers = List.of(PYTORCH, DL4J, ORT);
        works.add(new ColdStart(name, known("keras-cnn", DIGIT, 10), DIGIT, peers, archived, true));
    }

    private static Supplier<Network> known(String name, Shape sample, int classes) {
        return () -> Networks.of(name, sample, classes, new Relu());
    }

    /** A network of one layer. */
    static Network single(Shape sample, Layer layer) {
        return Network.of("single", sample, layer);
    }
}
