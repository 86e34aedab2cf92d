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

/**
 * Runs a model on tensors in the layout that its file declares.
 *
 * @param model the model
 * @param kernels what to compute with, as in {@code Providers.active().exact()}
 * @param pool the threads
 */
public record OnnxRunner(OnnxModel model, Kernels kernels, WorkerPool pool) {
    /**
     * The outputs for the given inputs, by name. Inputs that hold no floating point numbers, such as shapes, count as
     * constants of the model.
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
            if (model.isDeciding(port)) {
                fixed.put(port.name(), given);
            } else {
                shapes.put(port.name(), given.shape());
            }
        }
        inputs.keySet().stream()
                .filter(name ->
                        model.inputs().stream().noneMatch(port -> port.name().equals(name)))
                .forEach(name -> shapes.put(name, Shape.of()));
        Imported imported = model.graph(shapes, fixed, Mode.INFERENCE);
        Session session = session(imported);
        for (Source.Input input : session.program().inputs()) {
            Literal given = inputs.get(input.key());
            if (given != null) {
                session.feed(input.key(), given.tensor());
            }
        }
        session.run(0);
        return outputs(imported, session);
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
