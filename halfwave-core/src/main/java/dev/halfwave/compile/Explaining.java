package dev.halfwave.compile;

import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.rewrite.Rewritten;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Writes a program's explanation. */
final class Explaining {
    private final Program program;
    private final Rewritten rewritten;
    private final Map<Node, Integer> times = new IdentityHashMap<>();

    Explaining(Program program, Rewritten rewritten) {
        this.program = program;
        this.rewritten = rewritten;
        List<Node> nodes = rewritten.graph().nodes();
        for (int i = 0; i < nodes.size(); i++) {
            times.put(nodes.get(i), i);
        }
    }

    Explanation explanation() {
        List<Explanation.Line> lines = new ArrayList<>();
        program.preparations().forEach(entry -> lines.add(line(entry, 0)));
        for (int i = 0; i < program.steps().size(); i++) {
            lines.add(line(program.steps().get(i), i + 1));
        }
        return new Explanation(
                program.kernels().name(),
                program.arenaBytes(),
                program.unsharedBytes(),
                4L * program.preparedLength(),
                lines);
    }

    private Explanation.Line line(Program.Entry entry, int number) {
        Node node = entry.node();
        Value packed = entry.packed();
        Buffer into = entry.into();
        List<Shape> outputs = node.outputs().stream().map(Value::shape).toList();
        return new Explanation.Line(
                number,
                packed == null ? node.name() : packed.name(),
                packed == null ? node.op().name() : "pack",
                packed == null ? node.op().toString() : "for " + node.name(),
                rewritten.rules(packed == null ? node : packed.producer()),
                entry.step().algorithm(),
                packed == null ? node.output().shape() : packed.shape(),
                packed == null ? node.op().flops(node.inputShapes(), outputs) : 0,
                packed == null
                        ? bytes(Stream.concat(node.inputShapes().stream(), outputs.stream()))
                        : bytes(Stream.of(packed.shape())) + 4L * into.floats(),
                into.space().name().toLowerCase(Locale.ROOT) + "+" + into.offset(),
                number > 0 && into.space() == Space.ARENA ? until(into.last()) : 0);
    }

    private static long bytes(Stream<Shape> shapes) {
        return shapes.mapToLong(shape -> 4L * shape.elements()).sum();
    }

    /** The number of the last step up to a time, which counts all nodes. */
    private int until(int time) {
        List<Program.Entry> steps = program.steps();
        int number = steps.size();
        while (number > 1 && times.getOrDefault(steps.get(number - 1).node(), 0) > time) {
            number--;
        }
        return number;
    }
}
