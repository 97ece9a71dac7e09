import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.jena.graph.Graph;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.shacl.ShaclValidator;
import org.apache.jena.shacl.Shapes;
import org.apache.jena.shacl.ValidationReport;
import org.apache.jena.sparql.graph.GraphFactory;

/** Jena's side of validation.py: warm rounds in one JVM, then the faults; the answer is JSON. */
public class JenaShacl {
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        long start = System.nanoTime();
        Graph data = read(folder.resolve("data.nt"));
        double load = seconds(start);
        Graph shapes = read(folder.resolve("shapes.nt"));
        List<String> rounds = new ArrayList<>();
        for (int round = 0; round < Integer.parseInt(arguments[1]); round++) {
            start = System.nanoTime();
            ShaclValidator.get().validate(Shapes.parse(shapes), data);
            rounds.add(String.valueOf(seconds(start)));
        }
        String peak = "0";
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM:")) {
                peak = line.replaceAll("\\D", "");
            }
        }
        ValidationReport report =
                ShaclValidator.get().validate(Shapes.parse(shapes), read(folder.resolve("faulty.nt")));
        List<String> found = new ArrayList<>();
        report.getEntries().forEach(each -> found.add(
                "[\"" + each.focusNode() + "\",\"" + each.sourceConstraintComponent() + "\"]"));
        System.out.printf("{\"load\":%s,\"rounds\":[%s],\"peak\":%s,\"found\":[%s]}%n",
                load, String.join(",", rounds), peak, String.join(",", found));
    }

    private static Graph read(Path path) {
        Graph graph = GraphFactory.createDefaultGraph();
        RDFDataMgr.read(graph, path.toString());
        return graph;
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
