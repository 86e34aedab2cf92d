package dev.halfwave.train;

import dev.halfwave.data.Dataset;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures during training how large activations, gradients and updates are in every layer with weights, and so where
 * gradients vanish or explode.
 *
 * <p>Activations and gradients are those of a few samples, always the same ones, in the network as it is trained; updates
 * are training's own.
 *
 * <pre>{@code
 * trainer.addListener(GradientFlow.of(trainer.model(), plan.loss(), data.train(), 32, 100, pool, flows -> log(flows)));
 * }</pre>
 *
 * @see <a href="https://proceedings.mlr.press/v9/glorot10a.html">Glorot and Bengio 2010, section 4.2</a>
 */
public final class GradientFlow implements TrainingListener {
    private final Loss loss;
    private final Dataset data;
    private final int samples;
    private final int every;
    private final WorkerPool pool;
    private final Consumer<List<LayerFlow>> told;
    private final float[] before;
    private LayerFlows flows;

    private GradientFlow(
            Model model,
            Loss loss,
            Dataset data,
            int samples,
            int every,
            WorkerPool pool,
            Consumer<List<LayerFlow>> told) {
        this.loss = loss;
        this.data = data;
        this.samples = samples;
        this.every = every;
        this.pool = pool;
        this.told = told;
        this.before = new float[model.parameters().data().length];
        this.flows = new LayerFlows(model, loss, data, samples, pool);
    }

    /**
     * Measures every so many batches.
     *
     * @param samples how many samples to run, 1 or more
     * @param every batches from one measurement to the next, 2 or more
     * @param told who is told: one entry per layer, from the input to the output
     * @throws IllegalArgumentException if a number is out of range, or the data do not fit the model
     */
    public static GradientFlow of(
            Model model,
            Loss loss,
            Dataset data,
            int samples,
            int every,
            WorkerPool pool,
            Consumer<List<LayerFlow>> told) {
        if (samples < 1 || every < 2) {
            throw new IllegalArgumentException(
                    "gradient flow: expected 1 sample or more and 2 batches or more, received " + samples + " and "
                            + every);
        }
        Evaluator.check(model, data);
        return new GradientFlow(model, loss, data, Math.min(samples, data.size()), every, pool, told);
    }

    @Override
    public void batchDone(Trainer trainer, Tally tally) {
        float[] parameters = trainer.model().parameters().data();
        long step = trainer.position().step();
        if ((step + 1) % every == 0) {
            System.arraycopy(parameters, 0, before, 0, parameters.length);
        } else if (step % every == 0) {
            if (!flows.model().network().equals(trainer.model().network())) { // someone has changed it
                flows = new LayerFlows(trainer.model(), loss, data, samples, pool);
            }
            told.accept(flows.measure(step, before));
        }
    }
}
