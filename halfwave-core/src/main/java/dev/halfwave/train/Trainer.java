package dev.halfwave.train;

import dev.halfwave.compile.Session;
import dev.halfwave.data.Batch;
import dev.halfwave.data.Batches;
import dev.halfwave.data.Dataset;
import dev.halfwave.data.Loader;
import dev.halfwave.data.Sampling;
import dev.halfwave.data.augment.Chain;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.kernel.AlgorithmChoice;
import dev.halfwave.kernel.CounterRandom;
import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
    private Model model;
    private final TrainingPlan plan;
    private final TrainingPlan fitted;
    private final Updates updates;
    private Loader loader;
    private final WorkerPool pool;
    private BatchRunner runner;
    private Kernels kernels;
    private final List<TrainingListener> listeners = new ArrayList<>();
    private @Nullable Dataset validationData;
    private @Nullable Evaluator validation;
    private Position position = Position.START;
    private Tally tally = new Tally();
    private Feedback feedback;
    private volatile boolean stopRequested;
    private boolean finished;
    private @Nullable Map<String, String> resumedNotes;
    private double rate;
    private double rateScale = 1;

    /**
     * A trainer at the beginning.
     *
     * @param model trained in place
     * @throws IllegalArgumentException if the data or the plan do not fit the model
     */
    public Trainer(Model model, TrainingPlan plan, Dataset data, WorkerPool pool) {
        Evaluator.check(model, data);
        this.model = model;
        this.plan = plan;
        this.fitted = plan.withLoss(plan.loss().fit(data));
        this.feedback = Feedback.begin(plan.schedule());
        this.loader = Loader.of(data, plan.batchSize()).shuffled(plan.seed());
        this.pool = pool;
        this.kernels = plan.kernels();
        this.runner = runner(model);
        this.updates = new Updates(model, plan, pool);
    }

    private BatchRunner runner(Model trained) {
        return new BatchRunner(
                batch -> Programs.training(trained.network(), fitted, batch, isMixing()),
                trained.parameters(),
                trained.classes().size(),
                pool,
                kernels);
    }

    /**
     * Computes convolutions, those of validation too, as someone else decides rather than as their sizes do. That changes
     * the last bits. To be called before {@link #run}.
     */
    public void tune(AlgorithmChoice choice) {
        kernels = plan.kernels().tuned(choice);
        runner = runner(model);
        if (validationData != null) {
            validateOn(validationData);
        }
    }

    /** Measures loss and accuracy of {@link #result()} on other data after every epoch. */
    public void validateOn(Dataset data) {
        validationData = data;
        validation = new Evaluator(result(), plan.loss(), data, plan.batchSize(), pool, kernels);
    }

    /**
     * Draws every class equally often, as {@link Sampling#BALANCED} says, however rare it is among the samples. To be called
     * before {@link #resume} and {@link #run}.
     */
    public void balance() {
        loader = loader.sampled(Sampling.BALANCED, plan.seed());
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
            Programs.loss(model.network(), fitted.loss(), 2, Mode.TRAINING, true); // refuses a loss that cannot take it
        }
    }

    private boolean isMixing() {
        return loader.augmentation().mixing().isPresent();
    }

    /** Lets someone watch; if training was resumed, the listener hears of that first. */
    public void addListener(TrainingListener listener) {
        listeners.add(listener);
        if (resumedNotes != null) {
            listener.resumed(this, resumedNotes);
        }
    }

    /**
     * Trains to the last epoch, or until asked to stop.
     *
     * @throws IllegalArgumentException if the schedule follows the validation loss and there is no validation part
     * @throws DivergenceException if a number is no longer finite
     */
    public void run() {
        if (plan.schedule() instanceof ReactiveSchedule && validation == null) {
            throw new IllegalArgumentException(plan.schedule().name()
                    + ": expected a validation part whose loss to follow, received none; hold back part of the data or"
                    + " choose another schedule");
        }
        if (position.step() == 0) {
            updates.start();
        }
        if (plan.schedule() instanceof ReactiveSchedule && feedback.epochs() < position.epoch()) {
            validated(); // resumed between an epoch's last batch and its validation
        }
        while (!isFinished() && !stopRequested) {
            runEpoch();
        }
    }

    private void runEpoch() {
        int epoch = position.epoch();
        listeners.forEach(listener -> listener.epochStarted(epoch + 1, position.batch(), loader.batches()));
        long start = System.nanoTime();
        long before = tally.samples();
        try (Batches batches = loader.epoch(epoch, position.batch())) {
            while (batches.hasNext() && !stopRequested && !finished) {
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
        Optional<Score> score = validated();
        EpochReport report = new EpochReport(epoch, tally.loss(), tally.accuracy(), score, rate, imagesPerSecond);
        listeners.forEach(listener -> listener.epochDone(this, report));
    }

    private Optional<Score> validated() {
        Optional<Score> score = Optional.ofNullable(validation).map(Evaluator::evaluate);
        score.ifPresent(found -> feedback = feedback.after(plan.schedule(), found.loss()));
        return score;
    }

    private void step(Batch batch) {
        long key = CounterRandom.key(plan.seed(), position.step());
        Session session = runner.run(batch, key);
        check(session, batch, key);
        runner.count(session, batch, tally);
        int group = plan.updates().accumulation();
        int before = position.batch() % group;
        double share = (double) batch.size() / plan.batchSize();
        long perEpoch = ((long) loader.batches() + group - 1) / group;
        long done = position.epoch() * perEpoch + position.batch() / group;
        double progress = (double) done / (perEpoch * plan.epochs());
        rate = rateScale
                * feedback.scale(plan.schedule())
                * plan.rate()
                * plan.schedule().factor(progress);
        updates.take(session.gradients(), before == 0, share);
        boolean due = before + 1 == group || position.batch() + 1 == loader.batches();
        if (due) {
            updates.update(before + share, rate, done + 1);
        }
        session.commit();
        if (due) {
            updates.follow(done + 1);
        }
        position = position.next(loader.batches());
    }

    private void check(Session session, Batch batch, long key) {
        float[] gradients = session.gradients();
        int start = layout().trainableStart();
        int count = layout().trainableEnd() - start;
        boolean sound = Float.isFinite(session.scalar(Programs.LOSS))
                && kernels.elementwise().allFinite(gradients, start, count);
        if (!sound) {
            String when = "epoch " + (position.epoch() + 1) + ", batch " + (position.batch() + 1);
            throw new Diagnosis(model, fitted, pool).explain(when, batch, key, gradients);
        }
    }

    private ParameterLayout layout() {
        return model.parameters().layout();
    }

    /** Ends training after the batch at hand; may be called from any thread. */
    public void stop() {
        stopRequested = true;
    }

    /** Ends training after the batch at hand as if all epochs were done: there is nothing to resume. */
    public void finish() {
        finished = true;
    }

    /**
     * Multiplies the learning rate of all steps to come, whatever the schedule says, and of a run resumed from there.
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
     * Sets the state for some elements of a trainable parameter to what it is at the beginning, as for weights that were drawn
     * anew; an average of the weights goes on.
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
        for (int element : elements) {
            updates.forget(entry.offset() + element);
        }
    }

    /**
     * Goes on with a network of the same parameters that computes something else with them, as with another activation.
     * The optimizer's state and the position stay; checkpoints describe the new network.
     *
     * @throws IllegalArgumentException if the parameters are not the same in names, shapes and order
     */
    public void continueAs(Network network) {
        List<String> expected = places(layout());
        List<String> received = places(network.layout());
        if (!received.equals(expected)) {
            throw new IllegalArgumentException("trainer: expected a network with the parameters " + expected
                    + ", received one with " + received + "; start training anew with it");
        }
        model = new Model(network, model.parameters(), model.classes());
        runner = runner(model);
        updates.continueAs(network);
        if (validationData != null) {
            validateOn(validationData);
        }
    }

    private static List<String> places(ParameterLayout layout) {
        return layout.entries().stream()
                .map(entry -> entry.key() + " " + entry.shape())
                .toList();
    }

    /** Whether all epochs are done, or no more are wanted. */
    public boolean isFinished() {
        return finished || position.epoch() >= plan.epochs();
    }

    /** How far training has come. */
    public Position position() {
        return position;
    }

    /** What is trained. */
    public Model model() {
        return model;
    }

    /**
     * What training is for, and to be evaluated and saved: the model, or the same network with averaged weights if the plan
     * asks for these. It is kept up to date.
     */
    public Model result() {
        return updates.result();
    }

    /** Whether the plan freezes the parameter or statistic of this key. */
    public boolean isFrozen(String parameter) {
        return updates.frozen().contains(parameter);
    }

    /** The learning rate of the last step; 0 before the first. */
    public double rate() {
        return rate;
    }

    /** How it is trained. */
    public TrainingPlan plan() {
        return plan;
    }

    /** Everything needed to go on from here, sharing the arrays: to be written before training goes on. */
    public Checkpoint checkpoint() {
        Tally ofEpoch = position.batch() == 0 ? new Tally() : tally; // what is over does not count for the next epoch
        Map<String, String> notes = new TreeMap<>();
        listeners.forEach(listener -> notes.putAll(listener.notes()));
        return new Checkpoint(model, plan, dataName(), position, ofEpoch, feedback, rateScale, updates.state(), notes);
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
        updates.restore(checkpoint.state());
        feedback = checkpoint.feedback();
        rateScale = checkpoint.rateScale();
        position = checkpoint.position();
        Tally saved = checkpoint.tally();
        tally = Tally.of(saved.lossSum(), saved.correct(), saved.samples());
        resumedNotes = checkpoint.notes();
        listeners.forEach(listener -> listener.resumed(this, checkpoint.notes()));
    }

    private String dataName() {
        String balanced = loader.sampling() == Sampling.BALANCED ? ", classes balanced" : "";
        String augmented = loader.augmentation().isEmpty() ? "" : ", augmented by " + loader.augmentation();
        return loader.dataset().name() + " (" + loader.dataset().size() + " samples)" + balanced + augmented;
    }
}
