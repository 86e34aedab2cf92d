package dev.halfwave.train;

import dev.halfwave.compile.Session;
import dev.halfwave.data.Batch;
import dev.halfwave.data.Batches;
import dev.halfwave.data.Dataset;
import dev.halfwave.data.Loader;
import dev.halfwave.data.augment.Chain;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.kernel.CounterRandom;
import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The training loop: batch after batch, forward, backward, update.
 *
 * <pre>{@code
 * Trainer trainer = new Trainer(model, TrainingPlan.usual(5, 64, 42), data.train(), WorkerPool.shared());
 * trainer.validateOn(data.test());
 * trainer.run();
 * }</pre>
 *
 * <p>The same model, plan and data give the same bits on any number of threads, stopped and resumed or not.
 */
public final class Trainer {
    /** Parameters per update task; a multiple of a cache line. */
    private static final int UPDATE_GRAIN = 16_384;

    private final Model model;
    private final TrainingPlan plan;
    private Loader loader;
    private final WorkerPool pool;
    private final BatchRunner runner;
    private final Kernels kernels;
    private final List<float[]> state = new ArrayList<>();
    private final List<TrainingListener> listeners = new ArrayList<>();
    private @Nullable Evaluator validation;
    private Position position = Position.START;
    private Tally tally = new Tally();
    private volatile boolean stopRequested;
    private float[] gradients = new float[0];
    private double rate;
    private double rateScale = 1;

    /**
     * A trainer at the beginning.
     *
     * @param model trained in place
     * @throws IllegalArgumentException if the data do not fit the model
     */
    public Trainer(Model model, TrainingPlan plan, Dataset data, WorkerPool pool) {
        Evaluator.check(model, data);
        this.model = model;
        this.plan = plan;
        this.loader = Loader.of(data, plan.batchSize()).shuffled(plan.seed());
        this.pool = pool;
        this.kernels = plan.kernels();
        this.runner = new BatchRunner(
                batch -> Programs.training(model.network(), plan.loss(), batch, isMixing()),
                model.parameters(),
                model.classes().size(),
                pool,
                kernels);
        plan.optimizer().state().forEach(name -> state.add(new float[layout().trainableEnd()]));
    }

    /** Measures loss and accuracy on other data after every epoch. */
    public void validateOn(Dataset data) {
        validation = new Evaluator(model, plan.loss(), data, plan.batchSize(), pool, kernels);
    }

    /**
     * Changes the images to train on at random, the same ones for the same (seed, epoch, sample). Validation sees them as
     * they are.
     *
     * @throws IllegalArgumentException if the samples are not images, images are mixed and the loss cannot take that, or
     *     training has begun
     */
    public void augment(Chain chain) {
        if (position.step() > 0) {
            throw new IllegalArgumentException("augment: expected training that has not begun, received step "
                    + position.step() + "; augment before resume and run");
        }
        loader = loader.augmented(chain);
        if (isMixing()) {
            Programs.loss(model.network(), plan.loss(), 2, Mode.TRAINING, true); // refuses a loss that cannot take it
        }
    }

    private boolean isMixing() {
        return loader.augmentation().mixing().isPresent();
    }

    /** Lets someone watch. */
    public void addListener(TrainingListener listener) {
        listeners.add(listener);
    }

    /** Trains to the last epoch, or until asked to stop. */
    public void run() {
        while (position.epoch() < plan.epochs() && !stopRequested) {
            runEpoch();
        }
    }

    private void runEpoch() {
        int epoch = position.epoch();
        listeners.forEach(listener -> listener.epochStarted(epoch + 1, position.batch(), loader.batches()));
        long start = System.nanoTime();
        long before = tally.samples();
        try (Batches batches = loader.epoch(epoch, position.batch())) {
            while (batches.hasNext() && !stopRequested) {
                step(batches.next());
                for (TrainingListener listener : listeners) {
                    listener.batchDone(this, tally);
                }
            }
        }
        if (position.epoch() > epoch) {
            double seconds = (System.nanoTime() - start) / 1e9;
            report(epoch + 1, (tally.samples() - before) / seconds);
            tally = new Tally();
        }
    }

    private void report(int epoch, double imagesPerSecond) {
        Optional<Score> score = Optional.ofNullable(validation).map(Evaluator::evaluate);
        EpochReport report = new EpochReport(epoch, tally.loss(), tally.accuracy(), score, rate, imagesPerSecond);
        listeners.forEach(listener -> listener.epochDone(this, report));
    }

    private void step(Batch batch) {
        long key = CounterRandom.key(plan.seed(), position.step());
        Session session = runner.run(batch, key);
        gradients = session.gradients();
        int start = layout().trainableStart();
        int count = layout().trainableEnd() - start;
        boolean sound = Float.isFinite(session.scalar(Programs.LOSS))
                && kernels.elementwise().allFinite(gradients, start, count);
        if (!sound) {
            String when = "epoch " + (position.epoch() + 1) + ", batch " + (position.batch() + 1);
            throw new Diagnosis(model, plan, pool).explain(when, batch, key, gradients);
        }
        runner.count(session, batch, tally);
        long steps = (long) loader.batches() * plan.epochs();
        rate = rateScale * plan.rate() * plan.schedule().factor((double) position.step() / steps);
        pool.run((count + UPDATE_GRAIN - 1) / UPDATE_GRAIN, Trainer::update, this);
        session.commit();
        position = position.next(loader.batches());
    }

    private void update(int task) {
        int from = layout().trainableStart() + task * UPDATE_GRAIN;
        int n = Math.min(UPDATE_GRAIN, layout().trainableEnd() - from);
        plan.optimizer()
                .update(
                        kernels.updates(),
                        model.parameters().data(),
                        gradients,
                        state,
                        from,
                        n,
                        rate,
                        position.step() + 1);
    }

    private ParameterLayout layout() {
        return model.parameters().layout();
    }

    /** Ends training after the batch at hand; may be called from any thread. */
    public void stop() {
        stopRequested = true;
    }

    /**
     * Multiplies the learning rate of all steps to come, whatever the schedule says. Checkpoints do not keep this.
     *
     * @throws IllegalArgumentException unless the factor is above 0
     */
    public void scaleRate(double factor) {
        if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("trainer: expected a factor above 0, received " + factor);
        }
        rateScale *= factor;
    }

    /**
     * Sets the optimizer's state for some elements of a trainable parameter to zero, as for weights that were drawn anew.
     *
     * @param parameter its key
     * @param elements counted within the parameter
     * @throws IllegalArgumentException if there is no such trainable parameter
     */
    public void forget(String parameter, int... elements) {
        ParameterLayout.Entry entry = layout().entry(parameter);
        if (!entry.parameter().trainable()) {
            throw new IllegalArgumentException(
                    parameter + ": expected a trainable parameter, received a statistic, for which there is no state");
        }
        for (float[] array : state) {
            for (int element : elements) {
                array[entry.offset() + element] = 0;
            }
        }
    }

    /** Whether all epochs are done. */
    public boolean isFinished() {
        return position.epoch() >= plan.epochs();
    }

    /** How far training has come. */
    public Position position() {
        return position;
    }

    /** What is trained. */
    public Model model() {
        return model;
    }

    /** How it is trained. */
    public TrainingPlan plan() {
        return plan;
    }

    /** Everything needed to go on from here, sharing the arrays: to be written before training goes on. */
    public Checkpoint checkpoint() {
        Tally ofEpoch = position.batch() == 0 ? new Tally() : tally; // what is over does not count for the next epoch
        return new Checkpoint(model, plan, dataName(), position, ofEpoch, state, Map.of());
    }

    /**
     * Goes on from a checkpoint instead of from the beginning.
     *
     * @throws IllegalArgumentException if it belongs to another network, plan or dataset; the text says what differs
     */
    public void resume(Checkpoint checkpoint) {
        checkpoint.check(model, plan, dataName());
        float[] from = checkpoint.model().parameters().data();
        System.arraycopy(from, 0, model.parameters().data(), 0, from.length);
        model.parameters().changed();
        for (int i = 0; i < state.size(); i++) {
            System.arraycopy(checkpoint.state().get(i), 0, state.get(i), 0, state.get(i).length);
        }
        position = checkpoint.position();
        Tally saved = checkpoint.tally();
        tally = Tally.of(saved.lossSum(), saved.correct(), saved.samples());
    }

    private String dataName() {
        String augmented = loader.augmentation().isEmpty() ? "" : ", augmented by " + loader.augmentation();
        return loader.dataset().name() + " (" + loader.dataset().size() + " samples)" + augmented;
    }
}
