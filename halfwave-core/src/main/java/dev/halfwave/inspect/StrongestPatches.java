package dev.halfwave.inspect;

import dev.halfwave.compile.Session;
import dev.halfwave.data.Batch;
import dev.halfwave.data.Batches;
import dev.halfwave.data.Dataset;
import dev.halfwave.data.Loader;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.name.Names;
import dev.halfwave.nn.Model;
import dev.halfwave.op.Activate;
import dev.halfwave.op.PRelu;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What each unit of a layer answers to most: the parts of a dataset's images that it sees when it is strongest. */
public final class StrongestPatches {
    private static final int BATCH = 64;
    private static final String ACTIVATION = "activation";

    private StrongestPatches() {}

    /**
     * A part of an image.
     *
     * @param image its number in the dataset
     * @param value the activation
     * @param field what of the image the unit sees there
     * @param pixels that part {@code [rows, columns, C]}, zero where it is beyond the image
     */
    public record Patch(int image, float value, ReceptiveField field, Tensor pixels) {}

    /**
     * Searches a whole dataset.
     *
     * @param activation the name of an activation, as in {@code conv2d_1.relu}
     * @param count how many patches per unit, each from another image
     * @return for each unit its strongest patches, strongest first
     * @throws IllegalArgumentException if there is no such activation; the nearest one is suggested
     */
    public static List<List<Patch>> of(Model model, Dataset data, String activation, int count, WorkerPool pool) {
        Graph graph = model.network().graph(1, Mode.INFERENCE);
        Node node = find(graph, activation);
        int units = node.output().shape().size(-1);
        List<List<Patch>> best = new ArrayList<>();
        for (int unit = 0; unit < units; unit++) {
            best.add(new ArrayList<>());
        }
        Probe probe = new Probe(
                model, pool, other -> Map.of(ACTIVATION, find(other, activation).output()));
        int first = 0;
        try (Batches batches = Loader.of(data, BATCH).epoch(0)) {
            while (batches.hasNext()) {
                Batch batch = batches.next();
                Session session = probe.run(batch.images());
                float[] a = session.output(ACTIVATION).data();
                for (int i = 0; i < batch.size(); i++) {
                    offer(best, node, a, i, a.length / batch.size(), first + i, count);
                }
                first += batch.size();
            }
        }
        best.forEach(patches -> patches.replaceAll(patch -> cut(patch, data)));
        return best;
    }

    private static Node find(Graph graph, String name) {
        List<Node> activations = graph.nodes().stream()
                .filter(node -> node.op() instanceof Activate || node.op() instanceof PRelu)
                .toList();
        return activations.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Names.unknown(
                        "activation", name, activations.stream().map(Node::name).toList()));
    }

    private static void offer(
            List<List<Patch>> best, Node node, float[] a, int sample, int perSample, int image, int count) {
        int units = best.size();
        for (int unit = 0; unit < units; unit++) {
            int strongest = unit;
            for (int i = unit; i < perSample; i += units) {
                strongest = a[sample * perSample + i] > a[sample * perSample + strongest] ? i : strongest;
            }
            float value = a[sample * perSample + strongest];
            List<Patch> patches = best.get(unit);
            if (patches.size() < count
                    || value > patches.get(patches.size() - 1).value()) {
                int columns = node.output().shape().rank() == 4
                        ? node.output().shape().size(2)
                        : 1;
                int place = strongest / units;
                ReceptiveField field = ReceptiveField.of(node.output(), place / columns, place % columns);
                patches.add(new Patch(image, value, field, Tensor.zeros(Shape.of(0))));
                patches.sort(Comparator.comparingDouble((Patch patch) -> patch.value())
                        .reversed()
                        .thenComparingInt(Patch::image));
                if (patches.size() > count) {
                    patches.remove(count);
                }
            }
        }
    }

    private static Patch cut(Patch patch, Dataset data) {
        Shape shape = data.sampleShape();
        float[] image = new float[shape.elements()];
        data.read(patch.image(), image, 0);
        ReceptiveField field = patch.field();
        int c = shape.size(2);
        Tensor pixels = Tensor.zeros(Shape.of(field.bottom() - field.top(), field.right() - field.left(), c));
        for (int y = Math.max(0, field.top()); y < Math.min(shape.size(0), field.bottom()); y++) {
            for (int x = Math.max(0, field.left()); x < Math.min(shape.size(1), field.right()); x++) {
                int to = ((y - field.top()) * pixels.shape().size(1) + x - field.left()) * c;
                System.arraycopy(image, (y * shape.size(1) + x) * c, pixels.data(), to, c);
            }
        }
        return new Patch(patch.image(), patch.value(), field, pixels);
    }
}
