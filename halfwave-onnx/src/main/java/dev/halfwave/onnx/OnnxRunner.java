package dev.halfwave.onnx;

import dev.halfwave.compile.Compiler;
import dev.halfwave.compile.Program;
import dev.halfwave.compile.Session;
import dev.halfwave.format.ModelFormatException;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.graph.Parameters;
import dev.halfwave.graph.Source;
import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.onnx.file.Brief;
import dev.halfwave.onnx.file.ElementType;
import dev.halfwave.onnx.file.Literal;
import dev.halfwave.onnx.file.Port;
import dev.halfwave.rewrite.Rewriter;
import dev.halfwave.rewrite.Rules;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs a model on tensors in the layout that its file declares.
 *
 * <p>What was compiled for the last inputs' sizes is kept for the next run. A runner belongs to one thread at a time.
 */
public final class OnnxRunner {
    private static final int EXACT = 1 << 16;

    private final OnnxModel model;
    private final Kernels kernels;
    private final WorkerPool pool;
    private @Nullable Compiled last;

    /**
     * A runner of one model.
     *
     * @param kernels what to compute with, as in {@code Providers.active().exact()}
     * @param pool the threads
     */
    public OnnxRunner(OnnxModel model, Kernels kernels, WorkerPool pool) {
        this.model = model;
        this.kernels = kernels;
        this.pool = pool;
    }

    /** The model. */
    public OnnxModel model() {
        return model;
    }

    /** What it is computed with. */
    public Kernels kernels() {
        return kernels;
    }

    /**
     * A model ready to run.
     *
     * @param shapes the sizes it was compiled for
     * @param imported its graph
     * @param session its memory
     */
    private record Compiled(Map<String, Shape> shapes, Imported imported, Session session) {}

    /**
     * The outputs for the given inputs, by name. Inputs that hold no floating point numbers, such as shapes, count as
     * constants of the model; so do small ones of double precision, so that what follows from them has that precision.
     *
     * @throws ModelFormatException if the model cannot be run, or not in the memory there is
     * @throws IllegalArgumentException if an input is missing or does not fit
     */
    public Map<String, Literal> run(Map<String, Literal> inputs) {
        Map<String, Shape> shapes = new HashMap<>();
        Map<String, Literal> fixed = new HashMap<>();
        for (Port port : model.inputs()) {
            Literal given = inputs.get(port.name());
            if (given == null) {
                throw new IllegalArgumentException(
                        model.where() + ": expected a tensor for input " + port + ", received " + inputs.keySet());
            }
            boolean beyondFloat =
                    port.type() == ElementType.DOUBLE && given.shape().elements() <= EXACT;
            if (model.isDeciding(port) || beyondFloat) {
                fixed.put(port.name(), given);
            } else {
                shapes.put(port.name(), given.shape());
            }
        }
        inputs.keySet().stream()
                .filter(name ->
                        model.inputs().stream().noneMatch(port -> port.name().equals(name)))
                .forEach(name -> shapes.put(name, Shape.of()));
        Compiled compiled = compiled(shapes, fixed);
        Session session = compiled.session();
        for (Source.Input input : session.program().inputs()) {
            Literal given = inputs.get(input.key());
            if (given != null) {
                session.feed(input.key(), given.tensor());
            }
        }
        session.run(0);
        return outputs(compiled.imported(), session);
    }

    /** Constants of a model are part of what is compiled, so that only models without them are kept. */
    private Compiled compiled(Map<String, Shape> shapes, Map<String, Literal> fixed) {
        Compiled known = last;
        if (known != null && fixed.isEmpty() && known.shapes().equals(shapes)) {
            return known;
        }
        last = null; // its memory may be needed
        Imported imported = model.graph(shapes, fixed, Mode.INFERENCE);
        Compiled compiled = new Compiled(shapes, imported, session(imported));
        last = fixed.isEmpty() ? compiled : null;
        return compiled;
    }

    private Session session(Imported imported) {
        try {
            ParameterLayout layout = ParameterLayout.of(imported.graph());
            Program program = Compiler.compile(imported.graph(), layout, new Rewriter(Rules.standard()), kernels);
            long bytes = program.arenaBytes() + 4L * layout.length();
            Room.check(model.where(), bytes);
            return program.session(Parameters.initialized(layout, 0), pool);
        } catch (OutOfMemoryError none) {
            throw Room.tooLarge(model.where(), Runtime.getRuntime().maxMemory());
        } catch (ArithmeticException | IllegalArgumentException misfit) {
            throw new ModelFormatException(
                    model.where() + ": expected a model that can be run, received one that" + " cannot: "
                            + Brief.of(String.valueOf(misfit.getMessage())),
                    misfit);
        }
    }

    private static Map<String, Literal> outputs(Imported imported, Session session) {
        Map<String, Literal> outputs = new LinkedHashMap<>();
        imported.types().forEach((name, type) -> {
            DoubleTensor known = imported.known().get(name);
            outputs.put(name, known == null ? computed(type, session, name) : Literal.of(type, known));
        });
        return outputs;
    }

    private static Literal computed(ElementType type, Session session, String name) {
        return Literal.of(type, session.output(name));
    }
}
