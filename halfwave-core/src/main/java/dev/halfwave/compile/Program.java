package dev.halfwave.compile;

import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.graph.Parameters;
import dev.halfwave.graph.Source;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.rewrite.Rewritten;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A compiled graph: the steps in order and the plan of the memory they work in.
 *
 * <p>Programs are immutable and may be shared by threads; each caller runs one in a {@link Session} of its own.
 */
public final class Program {
    private final Rewritten rewritten;
    private final ParameterLayout layout;
    private final Kernels kernels;
    private final List<Entry> steps;
    private final List<Entry> preparations;
    private final Map<String, Buffer> outputs;
    private final List<Copy> gradients;
    private final List<Copy> updates;
    private final int arenaLength;
    private final int preparedLength;
    private final float[] constants;

    Program(
            Rewritten rewritten,
            ParameterLayout layout,
            Kernels kernels,
            List<Entry> steps,
            List<Entry> preparations,
            Map<String, Buffer> outputs,
            List<Copy> gradients,
            List<Copy> updates,
            int arenaLength,
            int preparedLength,
            float[] constants) {
        this.rewritten = rewritten;
        this.layout = layout;
        this.kernels = kernels;
        this.steps = List.copyOf(steps);
        this.preparations = List.copyOf(preparations);
        this.outputs = Map.copyOf(outputs);
        this.gradients = List.copyOf(gradients);
        this.updates = List.copyOf(updates);
        this.arenaLength = arenaLength;
        this.preparedLength = preparedLength;
        this.constants = constants;
    }

    /** The memory to run this program in, with the shared worker pool. */
    public Session session(Parameters parameters) {
        return session(parameters, WorkerPool.shared());
    }

    /**
     * The memory to run this program in.
     *
     * @throws IllegalArgumentException if the parameters are laid out differently from what was compiled for
     */
    public Session session(Parameters parameters, WorkerPool pool) {
        return session(parameters, pool, new Workspace());
    }

    /**
     * The same in memory that other sessions use, too, when this one does not run.
     *
     * @throws IllegalArgumentException if the parameters are laid out differently from what was compiled for
     */
    public Session session(Parameters parameters, WorkerPool pool, Workspace workspace) {
        if (parameters.layout() != layout) {
            throw new IllegalArgumentException("program: expected parameters in the layout it was compiled for; compile"
                    + " with parameters.layout()");
        }
        return new Session(this, parameters, pool, workspace);
    }

    /** What is computed, after rewriting. */
    public Graph graph() {
        return rewritten.graph();
    }

    /** What has to be fed in. */
    public List<Source.Input> inputs() {
        return graph().inputs();
    }

    /** The length of the arena in bytes: everything that one run needs besides parameters. */
    public long arenaBytes() {
        return 4L * arenaLength;
    }

    /** What the arena would take if no memory were used twice, in bytes. */
    public long unsharedBytes() {
        return graph().nodes().stream()
                .filter(node -> !(node.op() instanceof Source))
                .flatMap(node -> node.outputs().stream())
                .mapToLong(value -> 4L * value.shape().elements())
                .sum();
    }

    /** What it does, step by step: as a table when printed. */
    public Explanation explain() {
        return new Explaining(this, rewritten).explanation();
    }

    Kernels kernels() {
        return kernels;
    }

    ParameterLayout layout() {
        return layout;
    }

    List<Entry> steps() {
        return steps;
    }

    List<Entry> preparations() {
        return preparations;
    }

    Map<String, Buffer> outputs() {
        return outputs;
    }

    List<Copy> gradients() {
        return gradients;
    }

    List<Copy> updates() {
        return updates;
    }

    int arenaLength() {
        return arenaLength;
    }

    int preparedLength() {
        return preparedLength;
    }

    float[] constants() {
        return constants;
    }

    /**
     * A step with where it comes from and where its result goes.
     *
     * @param node the node it was lowered from
     * @param step the work
     * @param into where its result lies: the first output, or what it packs
     * @param packed the input that the step only brings into the form a kernel wants; null if it computes the node
     */
    record Entry(
            Node node, Step step, Buffer into, @Nullable Value packed) {}

    /**
     * A result that has to be carried to its place after the run.
     *
     * @param from where it was computed
     * @param to the offset of its place in the parameters' layout
     */
    record Copy(Buffer from, int to) {}
}
