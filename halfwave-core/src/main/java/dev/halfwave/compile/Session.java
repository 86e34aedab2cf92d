package dev.halfwave.compile;

import dev.halfwave.graph.Frame;
import dev.halfwave.graph.Parameters;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Source;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * One caller's memory for running a {@link Program}: feed, run, read. Nothing is allocated after the first run.
 *
 * <pre>{@code
 * Session session = program.session(parameters);
 * session.feed("x", images);
 * session.run(0);
 * Tensor logits = session.output("logits");
 * }</pre>
 *
 * <p>A session belongs to one thread at a time. What was fed is read in place: it must not change during a run.
 */
public final class Session implements Frame {
    private final Program program;
    private final Parameters parameters;
    private final WorkerPool pool;
    private final Workspace workspace;
    private final float[] gradients;
    private final float[] prepared;
    private final List<Source.Input> inputs;
    private final float[][] fed;
    private long preparedVersion = -1;
    private long randomKey;

    Session(Program program, Parameters parameters, WorkerPool pool, Workspace workspace) {
        this.program = program;
        this.parameters = parameters;
        this.pool = pool;
        this.workspace = workspace;
        workspace.reserve(program.arenaLength());
        boolean training = !program.gradients().isEmpty()
                || program.steps().stream().anyMatch(entry -> entry.into().space() == Space.GRADIENTS);
        this.gradients = new float[training ? parameters.layout().trainableEnd() : 0];
        this.prepared = new float[program.preparedLength()];
        this.inputs = program.inputs();
        this.fed = new float[inputs.size()][];
    }

    /**
     * Sets an input for the runs that follow; the array is shared, not copied.
     *
     * @throws IllegalArgumentException if there is no such input, or its shape is another
     */
    public Session feed(String input, Tensor tensor) {
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).key().equals(input)) {
                check(inputs.get(i), tensor.shape());
                fed[i] = tensor.data();
                return this;
            }
        }
        throw new IllegalArgumentException("session: expected one of the inputs "
                + inputs.stream().map(Source.Input::key).toList() + ", received \"" + input + "\"");
    }

    private static void check(Source.Input input, Shape shape) {
        if (!input.shape().equals(shape)) {
            throw new IllegalArgumentException(
                    input.key() + ": expected shape " + input.shape() + ", received " + shape);
        }
    }

    /**
     * Runs all steps.
     *
     * @param key what keys everything random in this run; the same key gives the same bits
     * @throws IllegalStateException if an input was not fed
     */
    public void run(long key) {
        for (int i = 0; i < fed.length; i++) {
            if (fed[i] == null) {
                throw new IllegalStateException("session: expected input \""
                        + inputs.get(i).key() + "\" to be fed before running, received nothing");
            }
        }
        randomKey = key;
        prepare();
        List<Program.Entry> steps = program.steps();
        for (int i = 0; i < steps.size(); i++) {
            steps.get(i).step().run(this);
        }
        copy(program.gradients(), gradients);
    }

    private void prepare() {
        if (preparedVersion == parameters.version()) {
            return;
        }
        preparedVersion = parameters.version();
        List<Program.Entry> preparations = program.preparations();
        for (int i = 0; i < preparations.size(); i++) { // an iterator would be allocated in every run
            preparations.get(i).step().run(this);
        }
    }

    private void copy(List<Program.Copy> copies, float[] to) {
        for (int i = 0; i < copies.size(); i++) {
            Program.Copy copy = copies.get(i);
            System.arraycopy(
                    array(copy.from()),
                    copy.from().offset(),
                    to,
                    copy.to(),
                    copy.from().floats());
        }
    }

    /** Writes the updates of the last run, such as moving averages, into the parameters. */
    public void commit() {
        copy(program.updates(), parameters.data());
        parameters.changed();
    }

    /** The gradients of the last run, in the parameters' layout. */
    public float[] gradients() {
        return gradients;
    }

    /** A copy of an output of the last run. */
    public Tensor output(String name) {
        Buffer buffer = outputBuffer(name);
        float[] data = Arrays.copyOfRange(array(buffer), buffer.offset(), buffer.offset() + buffer.floats());
        return Tensor.of(program.graph().output(name).shape(), data);
    }

    /** Copies an output of the last run to a place of the caller's, without allocating. */
    public void read(String name, float[] into, int offset) {
        Buffer buffer = outputBuffer(name);
        System.arraycopy(array(buffer), buffer.offset(), into, offset, buffer.floats());
    }

    /** The first element of an output of the last run, as of a loss. */
    public float scalar(String name) {
        Buffer buffer = outputBuffer(name);
        return array(buffer)[buffer.offset()];
    }

    private Buffer outputBuffer(String name) {
        Buffer buffer = program.outputs().get(name);
        if (buffer == null) {
            throw new IllegalArgumentException("session: expected one of the outputs "
                    + program.graph().outputNames() + ", received \"" + name + "\"");
        }
        return buffer;
    }

    /** Fills all working memory with NaN, so that a test notices a read of what nothing wrote. */
    public void poison() {
        workspace.poison();
        Arrays.fill(prepared, Float.NaN);
        preparedVersion = -1;
    }

    /** What this session computes. */
    public Program program() {
        return program;
    }

    @Override
    public float[] array(Slot slot) {
        Buffer buffer = (Buffer) slot;
        return switch (buffer.space()) {
            case ARENA -> workspace.array();
            case PARAMETERS -> parameters.data();
            case GRADIENTS -> gradients;
            case CONSTANTS -> program.constants();
            case PREPARED -> prepared;
            case INPUT -> fed[buffer.number()];
        };
    }

    @Override
    public WorkerPool pool() {
        return pool;
    }

    @Override
    public long randomKey() {
        return randomKey;
    }
}
