package dev.halfwave.bench.peer;

import dev.halfwave.compile.Compiler;
import dev.halfwave.compile.Session;
import dev.halfwave.kernel.Providers;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Halfwave itself, as a program would use it. */
final class HalfwavePeer implements Peer {
    @Override
    public String title() {
        return "Halfwave (" + Providers.active().name() + ")";
    }

    @Override
    public Running inference(Subject subject) {
        WorkerPool pool = new WorkerPool(subject.threads());
        Session session = Compiler.compile(subject.graph(), subject.parameters().layout())
                .session(subject.parameters(), pool)
                .feed(Network.INPUT, subject.samples().images());
        return new Running() {
            @Override
            public void step() {
                session.run(0);
            }

            @Override
            public float[] result() {
                return session.output(Network.LOGITS).data();
            }

            @Override
            public void close() {
                pool.close();
            }
        };
    }

    @Override
    public Running training(Subject subject) {
        return new HalfwaveTraining(subject);
    }

    @Override
    public void save(Subject subject, Path file) {
        List<String> classes = IntStream.range(0, subject.classes())
                .mapToObj(Integer::toString)
                .toList();
        new Model(subject.network(), subject.parameters(), classes).save(file);
    }

    @Override
    public void predictOnce(Path file, Subject.Samples samples) {
        Model.load(file)
                .predictorOnce(samples.images().shape().size(0), WorkerPool.shared())
                .logits(samples.images());
    }
}
