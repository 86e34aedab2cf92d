package dev.halfwave.train;

import dev.halfwave.compile.Workspace;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Muon's steps, matrix after matrix, each on all threads; AdamW's for the rest. */
final class MuonUpdater implements Updater {
    private static final double SIZE_OF_ADAM = 0.2;

    private final Muon muon;
    private final UpdateSite site;
    private final List<Matrix> matrices = new ArrayList<>();
    private final Updater others;
    private final float[] orthogonal;

    MuonUpdater(Muon muon, UpdateSite site) {
        this.muon = muon;
        this.site = site;
        String classifier = classifier(site.layout());
        Workspace workspace = new Workspace();
        Map<Shape, NewtonSchulz> bySize = new HashMap<>();
        int largest = 0;
        for (ParameterLayout.Entry entry : site.entries()) {
            if (isMatrix(entry, classifier)) {
                Shape shape = matrix(entry.shape());
                NewtonSchulz maker = bySize.computeIfAbsent(
                        shape, size -> new NewtonSchulz(size, site.kernels(), site.pool(), workspace));
                matrices.add(new Matrix(entry.offset(), shape, maker));
                largest = Math.max(largest, shape.elements());
            }
        }
        others = muon.others().updater(site.only(entry -> !isMatrix(entry, classifier)));
        orthogonal = new float[largest];
    }

    private static boolean isMatrix(ParameterLayout.Entry entry, String classifier) {
        return entry.shape().rank() > 1 && !entry.key().equals(classifier);
    }

    /** The last weights of the network. */
    private static String classifier(ParameterLayout layout) {
        String last = "";
        for (ParameterLayout.Entry entry : layout.entries()) {
            last = entry.parameter().trainable() && entry.shape().rank() > 1 ? entry.key() : last;
        }
        return last;
    }

    private static Shape matrix(Shape shape) {
        int columns = shape.size(-1);
        return Shape.of(shape.elements() / columns, columns);
    }

    @Override
    public void update(float[] gradients, double rate, long step) {
        others.update(gradients, rate, step);
        for (Matrix matrix : matrices) {
            update(matrix, gradients, rate);
        }
    }

    private void update(Matrix matrix, float[] gradients, double rate) {
        float[] p = site.parameters();
        float[] mean = site.state().get(0);
        float[] direction = matrix.maker.input();
        float momentum = (float) muon.momentum();
        int n = matrix.shape.elements();
        for (int i = 0, at = matrix.offset; i < n; i++, at++) {
            float m = momentum * mean[at] + gradients[at];
            mean[at] = m;
            direction[i] = muon.nesterov() ? gradients[at] + momentum * m : m;
        }
        matrix.maker.run(orthogonal);
        double longer = Math.max(matrix.shape.size(0), matrix.shape.size(1));
        float step = (float) (rate * SIZE_OF_ADAM * Math.sqrt(longer));
        float keep = (float) (1 - rate * muon.decay());
        for (int i = 0, at = matrix.offset; i < n; i++, at++) {
            p[at] = keep * p[at] - step * orthogonal[i];
        }
    }

    /** Where a matrix stands, and what makes its steps orthogonal. */
    private record Matrix(int offset, Shape shape, NewtonSchulz maker) {}
}
