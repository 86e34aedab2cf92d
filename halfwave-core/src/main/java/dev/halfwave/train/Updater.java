package dev.halfwave.train;

/** Carries out an optimizer's updates on the parameters of one {@link UpdateSite}; the bits do not depend on threads. */
@FunctionalInterface
public interface Updater {
    /**
     * Updates parameters and state.
     *
     * @param gradients in the parameters' layout
     * @param rate the learning rate of this step
     * @param step the number of this step, from 1
     */
    void update(float[] gradients, double rate, long step);
}
