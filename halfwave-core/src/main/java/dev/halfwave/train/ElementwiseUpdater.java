package dev.halfwave.train;

import java.util.List;

/** Goes over the parameters of a site in tasks of equal size. */
final class ElementwiseUpdater implements Updater {
    private final ElementwiseOptimizer optimizer;
    private final UpdateSite site;
    private final List<UpdateSite.Span> tasks;
    private float[] gradients = new float[0];
    private double rate;
    private long step;

    ElementwiseUpdater(ElementwiseOptimizer optimizer, UpdateSite site) {
        this.optimizer = optimizer;
        this.site = site;
        this.tasks = UpdateSite.tasks(site.entries());
    }

    @Override
    public void update(float[] slopes, double atRate, long atStep) {
        gradients = slopes;
        rate = atRate;
        step = atStep;
        site.pool().run(tasks.size(), ElementwiseUpdater::update, this);
    }

    private void update(int task) {
        UpdateSite.Span span = tasks.get(task);
        optimizer.update(
                site.kernels().updates(),
                site.parameters(),
                gradients,
                site.state(),
                span.from(),
                span.n(),
                rate,
                step);
    }
}
