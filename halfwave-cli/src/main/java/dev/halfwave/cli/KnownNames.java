package dev.halfwave.cli;

import dev.halfwave.activation.Activations;
import dev.halfwave.activation.Facts;
import dev.halfwave.claims.Claims;
import dev.halfwave.data.augment.Augmentations;
import dev.halfwave.inspect.Filter;
import dev.halfwave.nn.Networks;
import dev.halfwave.train.Criterion;
import dev.halfwave.train.Losses;
import dev.halfwave.train.Optimizers;
import dev.halfwave.train.Schedules;
import java.util.Iterator;
import java.util.List;

/** The names that core knows, for the help texts of the options that take one. */
abstract class KnownNames implements Iterable<String> {
    private final List<String> names;

    private KnownNames(List<String> names) {
        this.names = names;
    }

    @Override
    public Iterator<String> iterator() {
        return names.iterator();
    }

    static final class OfModels extends KnownNames {
        OfModels() {
            super(Networks.names());
        }
    }

    static final class OfFacts extends KnownNames {
        OfFacts() {
            super(Facts.names());
        }
    }

    static final class OfActivations extends KnownNames {
        OfActivations() {
            super(Activations.names());
        }
    }

    static final class OfLosses extends KnownNames {
        OfLosses() {
            super(Losses.names());
        }
    }

    static final class OfOptimizers extends KnownNames {
        OfOptimizers() {
            super(Optimizers.names());
        }
    }

    static final class OfSchedules extends KnownNames {
        OfSchedules() {
            super(Schedules.names());
        }
    }

    static final class OfCriteria extends KnownNames {
        OfCriteria() {
            super(Criterion.names());
        }
    }

    static final class OfAugmentations extends KnownNames {
        OfAugmentations() {
            super(Augmentations.names());
        }
    }

    static final class OfFilters extends KnownNames {
        OfFilters() {
            super(Filter.names());
        }
    }

    static final class OfClaims extends KnownNames {
        OfClaims() {
            super(Claims.ids());
        }
    }
}
