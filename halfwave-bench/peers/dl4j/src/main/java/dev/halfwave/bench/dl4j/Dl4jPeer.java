package dev.halfwave.bench.dl4j;

import dev.halfwave.bench.peer.Peer;
import dev.halfwave.bench.peer.Running;
import dev.halfwave.bench.peer.Subject;
import dev.halfwave.bench.translate.Layouts;
import dev.halfwave.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Properties;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Deeplearning4j's computation graph on ND4J's CPU backend, with workspaces, and oneDNN where its layers use it. */
public final class Dl4jPeer implements Peer {
    @Override
    public String title() {
        return "DL4J " + version();
    }

    /** As its jar has it; its manifest has none. */
    private static String version() {
        String path = "/META-INF/maven/org.deeplearning4j/deeplearning4j-nn/pom.properties";
        Properties properties = new Properties();
        try (InputStream in = ComputationGraph.class.getResourceAsStream(path)) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "of unknown version");
    }

    @Override
    public Running inference(Subject subject) {
        Nd4j.getEnvironment().setMaxThreads(subject.threads());
        ComputationGraph network = Dl4jTarget.network(subject);
        INDArray images = images(subject.samples().images());
        return new Running() {
            @Override
            public void step() {
                network.outputSingle(images);
            }

            @Override
            public float[] result() {
                return Layouts.channelsLast(
                        network.outputSingle(images).dup('c').data().asFloat(), subject.output());
            }
        };
    }

    @Override
    public Running training(Subject subject) {
        Nd4j.getEnvironment().setMaxThreads(subject.threads());
        ComputationGraph network = Dl4jTarget.network(subject);
        INDArray[] images = {images(subject.samples().images())};
        INDArray[] labels = {Nd4j.zeros(subject.samples().batch(), subject.classes())};
        for (int i = 0; i < subject.samples().batch(); i++) {
            labels[0].putScalar(i, subject.samples().labels().get(i), 1);
        }
        return new Running() {
            @Override
            public void step() {
                network.fit(images, labels);
            }

            @Override
            public float[] result() {
                return new float[] {(float) network.score()};
            }
        };
    }

    @Override
    public void save(Subject subject, Path file) throws IOException {
        Dl4jTarget.network(subject).save(file.toFile());
    }

    @Override
    public void predictOnce(Path file, Subject.Samples samples) throws IOException {
        ComputationGraph.load(file.toFile(), false)
                .outputSingle(images(samples.images()))
                .toFloatVector();
    }

    private static INDArray images(Tensor images) {
        return Nd4j.create(Layouts.channelsFirst(images), Layouts.channelsFirst(images.shape()), 'c');
    }
}
