package dev.halfwave.bench.peer;

import java.util.List;
import java.util.ServiceLoader;

/** Finds a peer by name: two are at home here, any other is the one on the class path of its own module. */
public final class Peers {
    /** Halfwave itself. */
    public static final String HALFWAVE = "halfwave";

    private static final String COPY = "copy";

    private Peers() {}

    /** Whether the peer needs no module of its own. */
    public static boolean isAtHome(String name) {
        return name.equals(HALFWAVE) || name.equals(COPY);
    }

    /** The peer of that name; only to be called in a process of its own. */
    public static Peer named(String name) {
        if (name.equals(HALFWAVE)) {
            return new HalfwavePeer();
        } else if (name.equals(COPY)) {
            return new CopyPeer();
        }
        List<ServiceLoader.Provider<Peer>> found =
                ServiceLoader.load(Peer.class).stream().toList();
        if (found.size() != 1) {
            throw new IllegalStateException(name + ": expected one peer on the class path, received " + found.size()
                    + "; name its class in META-INF/services/" + Peer.class.getName());
        }
        return found.get(0).get();
    }
}
