import java.io.File;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.semanticweb.HermiT.Configuration;
import org.semanticweb.HermiT.Reasoner;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.IRI;
import org.semanticweb.owlapi.model.OWLAxiom;
import org.semanticweb.owlapi.model.OWLClass;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.model.OWLOntologyManager;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;

/**
 * Says of the ontology in the first file, with each of the other files in turn, what takes it out of OWL 2 DL,
 * whether HermiT finds the two consistent, and which classes then can have no members.
 */
public class Alignments {
    public static void main(String[] arguments) throws Exception {
        Set<OWLAxiom> core = axioms(arguments[0]);
        for (String other : Arrays.asList(arguments).subList(1, arguments.length)) {
            Set<OWLAxiom> axioms = axioms(other);
            axioms.addAll(core);
            OWLOntology both = OWLManager.createOWLOntologyManager().createOntology(axioms, IRI.create("urn:both"));
            String name = new File(other).getName();
            for (OWLProfileViolation violation : new OWL2DLProfile().checkOntology(both).getViolations()) {
                System.out.println(name + " leaves OWL 2 DL: " + violation);
            }
            System.out.println(name + " " + verdict(both));
        }
    }

    private static Set<OWLAxiom> axioms(String file) throws Exception {
        OWLOntologyManager manager = OWLManager.createOWLOntologyManager();
        return new HashSet<>(manager.loadOntologyFromOntologyDocument(new File(file)).getAxioms());
    }

    private static String verdict(OWLOntology ontology) {
        Configuration configuration = new Configuration();
        configuration.ignoreUnsupportedDatatypes = true;
        Reasoner reasoner = new Reasoner(configuration, ontology);
        if (!reasoner.isConsistent()) {
            return "inconsistent";
        }
        List<String> empty = reasoner.getUnsatisfiableClasses().getEntitiesMinusBottom().stream()
            .map(OWLClass::toStringID).sorted().collect(Collectors.toList());
        return empty.isEmpty() ? "consistent" : "empties " + empty;
    }
}
