package dev.halfwave.kernel;

import dev.halfwave.activation.Formula;
import java.util.List;

/**
 * A formula as a list of steps, each a loop over one block of elements.
 *
 * <p>Blocks are short enough to stay in the first cache, so a formula of several steps still reads and writes memory
 * once; equal parts of a formula are computed once. A program is safe to share; its working memory belongs to the
 * thread.
 */
public final class FormulaProgram implements PointwiseKernels.Value, PointwiseKernels.Gradient {
    /** Elements per block: 1 KiB, so the registers of a formula take a small part of a 32 KiB cache. */
    static final int BLOCK = 256;

    private static final ThreadLocal<FormulaRegisters> REGISTERS = ThreadLocal.withInitial(FormulaRegisters::new);

    private final List<FormulaStep> steps;
    private final int registers;

    private FormulaProgram(FormulaCompiler compiler) {
        this.steps = compiler.steps();
        this.registers = compiler.registers();
    }

    /** The program of y = f(x). */
    public static FormulaProgram value(Formula formula, BlockMath math) {
        FormulaCompiler compiler = new FormulaCompiler(math);
        compiler.emitValue(formula);
        return new FormulaProgram(compiler);
    }

    /** The program of dx = dy · f′, where f′ is a formula of x alone or of y alone. */
    public static FormulaProgram gradient(Formula derivative, BlockMath math) {
        FormulaCompiler compiler = new FormulaCompiler(math);
        compiler.emitGradient(derivative);
        return new FormulaProgram(compiler);
    }

    /** {@code y[i] = f(x[i])}. */
    @Override
    public void apply(float[] x, int xo, float[] y, int yo, int n) {
        apply(x, xo, x, xo, y, yo, n);
    }

    /** {@code dx[i] = dy[i] · f′(v[i])}. */
    @Override
    public void apply(float[] dy, int dyo, float[] v, int vo, float[] dx, int dxo, int n) {
        FormulaRegisters own = REGISTERS.get();
        own.grow(registers);
        for (int start = 0; start < n; start += BLOCK) {
            own.aim(FormulaRegisters.VARIABLE, v, vo + start);
            own.aim(FormulaRegisters.UPSTREAM, dy, dyo + start);
            own.aim(FormulaRegisters.RESULT, dx, dxo + start);
            int length = Math.min(BLOCK, n - start);
            for (int i = 0; i < steps.size(); i++) {
                steps.get(i).run(own, length);
            }
        }
        own.release();
    }

    /** How many steps the formula takes. */
    int length() {
        return steps.size();
    }
}
