package dev.halfwave.bench.peer;

import dev.halfwave.kernel.WorkerPool;

/** Copies as many floats as the network reads, which is what the machine's memory allows anything of that size at best. */
final class CopyPeer implements Peer {
    private static final int GRAIN = 1 << 16;

    @Override
    public String title() {
        return "System.arraycopy";
    }

    @Override
    public Running inference(Subject subject) {
        float[] from = subject.samples().images().data();
        float[] to = new float[from.length];
        WorkerPool pool = new WorkerPool(subject.threads());
        return new Running() {
            @Override
            public void step() {
                pool.run((from.length + GRAIN - 1) / GRAIN, this::copy, to);
            }

            private void copy(float[] into, int task) {
                int start = task * GRAIN;
                System.arraycopy(from, start, into, start, Math.min(GRAIN, from.length - start));
            }

            @Override
            public float[] result() {
                return new float[0];
            }

            @Override
            public void close() {
                pool.close();
            }
        };
    }
}
