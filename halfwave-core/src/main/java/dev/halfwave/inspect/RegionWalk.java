package dev.halfwave.inspect;

import dev.halfwave.activation.Activation;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Source;
import dev.halfwave.graph.Value;
import dev.halfwave.inspect.Cell.Corner;
import dev.halfwave.inspect.LinearRegions.Region;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import dev.halfwave.op.Activate;
import dev.halfwave.op.MaxPool2d;
import dev.halfwave.tensor.DoubleTensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Follows a cell through a network, cutting it at every gate; what comes out behind the logits are linear regions. */
final class RegionWalk {
    private static final int AT_A_TIME = 16;

    private final Model model;
    private final int most;
    private final Graph graph;
    private final List<Node> varying = new ArrayList<>();
    private final Map<Value, DoubleTensor> lasting = new IdentityHashMap<>();
    private final Map<Value, Integer> lastUse = new IdentityHashMap<>();
    private final AtomicInteger found = new AtomicInteger();

    RegionWalk(Model model, int most) {
        this.model = model;
        this.most = most;
        this.graph = model.network().graph(1, Mode.INFERENCE);
        Map<String, DoubleTensor> parameters = new HashMap<>();
        model.parameters().toMap().forEach((key, value) -> parameters.put(key, DoubleTensor.of(value)));
        LazyInterpreter constants = new LazyInterpreter(graph, parameters);
        Set<Value> moving = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Node node : graph.nodes()) {
            if (node.isLasting()) {
                node.outputs().forEach(value -> lasting.put(value, constants.get(value)));
                continue;
            }
            moving.addAll(node.outputs());
            if (!(node.op() instanceof Source)) {
                Linearity.check(node, moving);
                node.inputs().forEach(value -> lastUse.put(value, varying.size()));
                varying.add(node);
            }
        }
        lastUse.put(graph.output(Network.LOGITS), varying.size());
    }

    /** Starts from corners with their coordinates and images. */
    LinearRegions walk(List<double[]> places, List<DoubleTensor> images) {
        Value image = graph.nodes().stream()
                .filter(node -> node.op() instanceof Source.Input)
                .findFirst()
                .orElseThrow()
                .output();
        List<Corner> corners = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            if (!images.get(i).shape().equals(image.shape())) {
                throw new IllegalArgumentException(model.network().name() + ": expected images "
                        + model.network().sample() + ", received "
                        + images.get(i).shape().dropFirst());
            }
            Map<Value, DoubleTensor> values = new IdentityHashMap<>();
            values.put(image, images.get(i));
            corners.add(new Corner(places.get(i), values));
        }
        List<Region> regions = new ArrayList<>(follow(new Cell(corners), 0));
        if (places.size() == 2) {
            regions.sort(Comparator.comparingDouble(region -> region.corners()[0][0]));
        }
        return new LinearRegions(regions, found.get() <= most);
    }

    /** Cells are followed a few at a time, so that memory holds for any number of them. */
    private List<Region> follow(Cell cell, int from) {
        for (int i = from; i < varying.size(); i++) {
            Node node = varying.get(i);
            if (Linearity.isGate(node)) {
                List<Region> regions = new ArrayList<>();
                Iterator<Cell> pieces = cut(cell, node);
                while (pieces.hasNext() && found.get() <= most) {
                    regions.addAll(followSome(pieces, node, i));
                }
                return regions;
            }
            evaluate(cell, node, i);
        }
        return found.incrementAndGet() > most ? List.of() : List.of(region(cell));
    }

    private List<Region> followSome(Iterator<Cell> pieces, Node gate, int number) {
        List<Cell> some = new ArrayList<>();
        while (pieces.hasNext() && some.size() < AT_A_TIME) {
            some.add(pieces.next().copy());
        }
        return some.parallelStream()
                .flatMap(piece -> {
                    evaluate(piece, gate, number);
                    return found.get() > most ? Stream.empty() : follow(piece, number + 1).stream();
                })
                .toList();
    }

    private void evaluate(Cell cell, Node node, int number) {
        for (Corner corner : cell.corners()) {
            List<DoubleTensor> inputs = new ArrayList<>();
            for (Value value : node.inputs()) {
                DoubleTensor constant = lasting.get(value);
                inputs.add(constant == null ? corner.values().get(value) : constant);
            }
            corner.values()
                    .put(
                            node.output(),
                            LazyInterpreter.evaluate(node.op(), inputs).get(0));
            corner.values().keySet().removeIf(value -> lastUse.getOrDefault(value, -1) <= number);
        }
    }

    private Region region(Cell cell) {
        Value logits = graph.output(Network.LOGITS);
        double[] middle = new double[logits.shape().elements()];
        for (int k = 0; k < middle.length; k++) {
            int element = k;
            middle[k] = cell.corners().stream()
                    .mapToDouble(corner -> corner.at(logits, element))
                    .sum();
        }
        int best = 0;
        for (int k = 1; k < middle.length; k++) {
            best = middle[k] > middle[best] ? k : best;
        }
        return new Region(cell.corners().stream().map(Corner::place).toArray(double[][]::new), best);
    }

    private Iterator<Cell> cut(Cell cell, Node gate) {
        Value z = gate.input(0);
        if (gate.op() instanceof MaxPool2d pool) {
            PoolWindows windows = PoolWindows.of(pool, z.shape());
            List<Cell> cells = List.of(cell);
            for (int output = 0; output < windows.outputs(); output++) {
                int from = windows.starts()[output];
                int[] elements = Arrays.copyOfRange(windows.elements(), from, windows.starts()[output + 1]);
                cells = cells.stream()
                        .flatMap(piece -> byLargest(piece, z, elements))
                        .toList();
            }
            return cells.iterator();
        }
        double[] kinks = gate.op() instanceof Activate activate ? kinks(activate.activation()) : new double[] {0};
        return byKinks(cell, z, kinks);
    }

    private static double[] kinks(Activation f) {
        return f.kinks().stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Cuts off one piece after another; only those whose turn has not come are kept. */
    private static Iterator<Cell> byKinks(Cell whole, Value z, double[] kinks) {
        record Rest(Cell cell, int next) {}
        Deque<Rest> rest = new ArrayDeque<>(List.of(new Rest(whole, 0)));
        int cuts = z.shape().elements() * kinks.length;
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return !rest.isEmpty();
            }

            @Override
            public Cell next() {
                Rest at = rest.pop();
                Cell cell = at.cell;
                for (int i = at.next; i < cuts; i++) {
                    ToDoubleFunction<Corner> side = side(z, i / kinks.length, kinks[i % kinks.length]);
                    if (cell.isCrossedBy(side)) {
                        Cell above = cell.above(side).orElseThrow();
                        rest.push(new Rest(above, i + 1));
                        cell = cell.above(corner -> -side.applyAsDouble(corner)).orElseThrow();
                    }
                }
                return cell;
            }
        };
    }

    private static ToDoubleFunction<Corner> side(Value z, int element, double kink) {
        return corner -> corner.at(z, element) - kink;
    }

    /** The parts of a cell in each of which another element of a window is the largest; of equals, the first. */
    private static Stream<Cell> byLargest(Cell whole, Value z, int[] elements) {
        return Arrays.stream(elements)
                .mapToObj(element -> {
                    Optional<Cell> part = Optional.of(whole);
                    for (int other : elements) {
                        ToDoubleFunction<Corner> lead = corner -> corner.at(z, element) - corner.at(z, other);
                        if (other < element) {
                            part = part.flatMap(cell -> cell.above(lead));
                        } else if (other > element) {
                            part = part.flatMap(cell -> cell.reachesAbove(corner -> -lead.applyAsDouble(corner))
                                    ? cell.above(lead)
                                    : Optional.of(cell));
                        }
                    }
                    return part;
                })
                .flatMap(Optional::stream);
    }
}
