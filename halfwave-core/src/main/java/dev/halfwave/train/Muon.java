package dev.halfwave.train;

import java.util.List;

/**
 * Muon, steps along the nearest semi-orthogonal matrix to the momentum: {@code m = momentum·m + g; u = g + momentum·m; p =
 * (1 − rate·decay)·p − rate·0.2·√max(rows, columns)·orthogonal(u)}, where orthogonal is {@link NewtonSchulz}' five steps.
 *
 * <p>It is for weights of two axes or more, as matrices of [all others, last] axes: filters {@code [R, S, C, K]} are {@code
 * [R·S·C, K]}. The factor gives steps the size of AdamW's, so both use the same rate. Everything else (biases, norms), and
 * the last weights, those of the classifier, are updated by AdamW with β of 0.9 and 0.95.
 *
 * @param momentum how much of the last step is kept, in [0, 1); 0.95 by default
 * @param nesterov whether to look ahead; by default it does. Without, {@code u = m}
 * @param decay weight decay, decoupled from the gradient, 0 or more; 0.1 by default
 * @see <a href="https://kellerjordan.github.io/posts/muon/">Jordan et al. 2024</a>
 * @see <a href="https://arxiv.org/abs/2502.16982">Liu et al. 2025, section 2.2, on decay and the size of steps</a>
 */
public record Muon(double momentum, boolean nesterov, double decay) implements Optimizer {

    /** @throws IllegalArgumentException if a number is out of range */
    public Muon {
        if (!(momentum >= 0 && momentum < 1 && decay >= 0)) {
            throw new IllegalArgumentException("muon: expected a momentum from 0 to below 1 and a decay of 0 or more,"
                    + " received " + momentum + " and " + decay);
        }
    }

    /** With the usual numbers. */
    public Muon() {
        this(0.95, true, 0.1);
    }

    /** What updates everything that is no hidden matrix. */
    Adam others() {
        return new Adam(0.9, 0.95, 1e-8, decay, true);
    }

    @Override
    public String name() {
        return "muon";
    }

    @Override
    public double usualRate() {
        return 0.01;
    }

    @Override
    public List<String> state() {
        return List.of("mean", "square");
    }

    @Override
    public Optimizer withoutDecay() {
        return new Muon(momentum, nesterov, 0);
    }

    @Override
    public Updater updater(UpdateSite site) {
        return new MuonUpdater(this, site);
    }
}
