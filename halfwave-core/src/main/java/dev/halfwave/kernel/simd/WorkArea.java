package dev.halfwave.kernel.simd;

/** Memory of a thread for what a task computes on the way: each task finds it with any content. */
final class WorkArea {
    /** Where an array's first cache line begins. */
    static final int START = 12;

    private static final ThreadLocal<float[]> FLOATS = ThreadLocal.withInitial(() -> new float[0]);

    private WorkArea() {}

    /** This thread's, at least so long. */
    static float[] of(int floats) {
        float[] area = FLOATS.get();
        if (area.length < floats) {
            area = new float[floats];
            FLOATS.set(area);
        }
        return area;
    }
}
