package dev.halfwave.compile;

import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.graph.Result;
import dev.halfwave.graph.Source;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.Providers;
import dev.halfwave.rewrite.Rewriter;
import dev.halfwave.rewrite.Rewritten;
import dev.halfwave.rewrite.Rules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns a graph into a {@link Program}: rewrites it, lowers every op to kernels, plans the memory. */
public final class Compiler {
    private final Rewritten rewritten;
    private final Graph graph;
    private final Kernels kernels;
    private final BufferPlanner planner;
    private final boolean frozen;
    private final List<Program.Entry> steps = new ArrayList<>();
    private final List<Program.Entry> preparations = new ArrayList<>();
    private int preparedEnd = 12;

    private Compiler(Rewritten rewritten, ParameterLayout layout, Kernels kernels) {
        this.rewritten = rewritten;
        this.graph = rewritten.graph();
        this.kernels = kernels;
        this.planner = new BufferPlanner(graph, layout);
        this.frozen = graph.results().keySet().stream().allMatch(Result.Output.class::isInstance);
    }

    /** Compiles with the standard rules and the active kernels. */
    public static Program compile(Graph graph, ParameterLayout layout) {
        return compile(graph, layout, Providers.active());
    }

    /** Compiles with the standard rules and the given kernels, such as {@link Kernels#exact} ones. */
    public static Program compile(Graph graph, ParameterLayout layout, Kernels kernels) {
        return compile(graph, layout, new Rewriter(Rules.standard()), kernels);
    }

    /**
     * Compiles a graph.
     *
     * @param graph what to compute
     * @param layout where its parameters stand; may hold more than the graph uses
     * @param rewriter the rules to apply first
     * @param kernels what to compute with
     * @throws IllegalArgumentException if a parameter is not in the layout, or the batch needs more memory than one array
     *     holds
     */
    public static Program compile(Graph graph, ParameterLayout layout, Rewriter rewriter, Kernels kernels) {
        return new Compiler(rewriter.rewrite(graph), layout, kernels).program(layout);
    }

    private Program program(ParameterLayout layout) {
        List<Node> nodes = graph.nodes();
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            boolean once = isOnce(node);
            if (once) {
                planner.assignOnce(node, time(node, i));
            } else {
                planner.assign(node, i);
            }
            if (!(node.op() instanceof Source) && !node.op().isView()) {
                Step step = node.op().lower(new NodeLowering(this, node, i));
                (once ? preparations : steps).add(new Program.Entry(node, step, planner.buffer(node.output()), null));
            }
        }
        Map<String, Buffer> outputs = new LinkedHashMap<>();
        List<Program.Copy> gradients = new ArrayList<>();
        List<Program.Copy> updates = new ArrayList<>();
        graph.results().forEach((result, value) -> {
            Buffer from = kept(planner.buffer(value));
            if (result instanceof Result.Output output) {
                outputs.put(output.name(), from);
            } else if (result instanceof Result.Update update) {
                updates.add(
                        new Program.Copy(from, layout.entry(update.parameter()).offset()));
            } else if (result instanceof Result.Gradient gradient
                    && !planner.inPlaceGradient(value, gradient.parameter())) {
                gradients.add(new Program.Copy(
                        from, layout.entry(gradient.parameter()).offset()));
            }
        });
        int arenaLength = MemoryPlan.place(planner.arena());
        return new Program(
                rewritten,
                layout,
                kernels,
                steps,
                preparations,
                outputs,
                gradients,
                updates,
                arenaLength,
                preparedEnd,
                planner.constants());
    }

    Kernels kernels() {
        return kernels;
    }

    BufferPlanner planner() {
        return planner;
    }

    /** Whether a node is computed once per version of the parameters. */
    boolean isOnce(Node node) {
        return frozen && node.isLasting() && !(node.op() instanceof Source);
    }

    /** Whether a value stays the same from run to run, so that what follows from it can be kept. */
    boolean isLasting(Value value) {
        return value.producer().op() instanceof Source.Constant
                || frozen && value.producer().isLasting();
    }

    /**
     * When a node is computed. Whatever is computed once is so before the first step of a run, when nothing else is in
     * the arena.
     */
    int time(Node node, int number) {
        return isOnce(node) ? before(number) : number;
    }

    private int before(int number) {
        return number - graph.nodes().size();
    }

    /** Where a node finds a value when it is computed. */
    Buffer read(Value value, Node by, int number) {
        return isOnce(by) ? readOnce(value, number) : kept(planner.buffer(value));
    }

    /** Where a preparation for the node of that number finds a value. */
    Buffer readOnce(Value value, int number) {
        Buffer buffer = planner.buffer(value);
        if (buffer.isPassing()) {
            buffer.useUntil(before(number));
        }
        return buffer;
    }

    /** What was to pass with the preparations lasts on if a run reads it. */
    private Buffer kept(Buffer buffer) {
        if (buffer.isPassing()) {
            planner.keep(buffer, place(buffer.floats()));
        }
        return buffer;
    }

    /** Memory that is filled once per version of the parameters. */
    Buffer prepared(int floats) {
        return Buffer.fixed(Space.PREPARED, floats, place(floats));
    }

    private int place(int floats) {
        int offset = preparedEnd;
        preparedEnd = Math.addExact(preparedEnd, Math.addExact(floats, 15) / 16 * 16);
        return offset;
    }

    void prepareOnce(Node node, Value input, Step step, Buffer into) {
        preparations.add(new Program.Entry(node, step, into, input));
    }

    void prepareEveryTime(Node node, Value input, Step step, Buffer into) {
        steps.add(new Program.Entry(node, step, into, input));
    }
}
