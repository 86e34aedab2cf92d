package dev.halfwave.train;

import dev.halfwave.graph.ParameterLayout;
import java.util.ArrayList;
import java.util.List;

/** LAMB in two passes: the state and the norms piece by piece, then the steps once every tensor's norms are known. */
final class LambUpdater implements Updater {
    private final Lamb lamb;
    private final UpdateSite site;
    /** Pieces of tensors, and for each the number of the tensor it belongs to. */
    private final List<UpdateSite.Span> pieces = new ArrayList<>();

    private final List<Integer> owners = new ArrayList<>();
    private final double[] parameterSquares;
    private final double[] directionSquares;
    private final float[] steps;
    private float[] gradients = new float[0];
    private float widen1;
    private float widen2;

    LambUpdater(Lamb lamb, UpdateSite site) {
        this.lamb = lamb;
        this.site = site;
        List<ParameterLayout.Entry> entries = site.entries();
        for (int i = 0; i < entries.size(); i++) {
            for (UpdateSite.Span piece : UpdateSite.Span.of(entries.get(i)).pieces()) {
                pieces.add(piece);
                owners.add(i);
            }
        }
        parameterSquares = new double[pieces.size()];
        directionSquares = new double[pieces.size()];
        steps = new float[entries.size()];
    }

    @Override
    public void update(float[] slopes, double rate, long step) {
        gradients = slopes;
        widen1 = (float) (1 / (1 - Math.pow(lamb.beta1(), (double) step)));
        widen2 = (float) (1 / (1 - Math.pow(lamb.beta2(), (double) step)));
        site.pool().run(pieces.size(), LambUpdater::observe, this);
        for (int from = 0, i = 0; i < steps.length; i++) {
            double parameter = 0;
            double direction = 0;
            for (; from < pieces.size() && owners.get(from) == i; from++) {
                parameter += parameterSquares[from];
                direction += directionSquares[from];
            }
            steps[i] = (float) (rate * (parameter > 0 && direction > 0 ? Math.sqrt(parameter / direction) : 1));
        }
        site.pool().run(pieces.size(), LambUpdater::move, this);
    }

    private void observe(int piece) {
        UpdateSite.Span span = pieces.get(piece);
        float[] p = site.parameters();
        float[] m = site.state().get(0);
        float[] v = site.state().get(1);
        float take1 = (float) (1 - lamb.beta1());
        float take2 = (float) (1 - lamb.beta2());
        double parameter = 0;
        double direction = 0;
        for (int i = span.from(); i < span.from() + span.n(); i++) {
            float g = gradients[i];
            m[i] += take1 * (g - m[i]);
            v[i] += take2 * (g * g - v[i]);
            double u = direction(p[i], m[i], v[i]);
            parameter += (double) p[i] * p[i];
            direction += u * u;
        }
        parameterSquares[piece] = parameter;
        directionSquares[piece] = direction;
    }

    private void move(int piece) {
        UpdateSite.Span span = pieces.get(piece);
        float[] p = site.parameters();
        float[] m = site.state().get(0);
        float[] v = site.state().get(1);
        float step = steps[owners.get(piece)];
        for (int i = span.from(); i < span.from() + span.n(); i++) {
            p[i] -= step * direction(p[i], m[i], v[i]);
        }
    }

    private float direction(float p, float m, float v) {
        return m * widen1 / ((float) Math.sqrt(v * widen2) + (float) lamb.epsilon()) + (float) lamb.decay() * p;
    }
}
