<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AnswerPanel</name>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop answering</source>
        <translation>Nicht weiter antworten</translation>
    </message>
    <message>
        <source>Text of the answer</source>
        <translation>Text der Antwort</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the answer with its sources</source>
        <translation>Die Antwort mit ihren Quellen kopieren</translation>
    </message>
    <message>
        <source>Ask your memory</source>
        <translation>Frag dein Gedächtnis</translation>
    </message>
    <message>
        <source>Ask: {question}</source>
        <translation>Fragen: {question}</translation>
    </message>
    <message>
        <source>Copied with its sources.</source>
        <translation>Mit den Quellen kopiert.</translation>
    </message>
    <message>
        <source>Asked before</source>
        <translation>Früher gefragt</translation>
    </message>
    <message>
        <source>A question that was asked before</source>
        <translation>Eine Frage, die früher gestellt wurde</translation>
    </message>
    <message>
        <source>A question one might ask next</source>
        <translation>Eine Frage, die man als Nächstes stellen könnte</translation>
    </message>
    <message>
        <source>Start afresh</source>
        <translation>Neu beginnen</translation>
    </message>
    <message>
        <source>Start afresh: the next question goes on from nothing</source>
        <translation>Neu beginnen: die nächste Frage knüpft an nichts an</translation>
    </message>
    <message>
        <source>Ask in plain words. The answer cites what was said or seen, or says that it is not there.</source>
        <translation>Frag in eigenen Worten. Die Antwort nennt, was gesagt oder gesehen wurde, oder sagt, dass es nicht da ist.</translation>
    </message>
    <message>
        <source>What did we agree on yesterday?</source>
        <translation>Was haben wir gestern vereinbart?</translation>
    </message>
    <message>
        <source>What was the total on the last receipt?</source>
        <translation>Was war die Summe auf dem letzten Kassenzettel?</translation>
    </message>
    <message>
        <source>When is the next appointment?</source>
        <translation>Wann ist der nächste Termin?</translation>
    </message>
</context>
<context>
    <name>AroundPanel</name>
    <message>
        <source>At that time</source>
        <translation>Zu dieser Zeit</translation>
    </message>
    <message>
        <source>Up and Down go through the rows, Enter opens one.</source>
        <translation>Auf und Ab gehen durch die Zeilen, Eingabe öffnet eine.</translation>
    </message>
</context>
<context>
    <name>AskController</name>
    <message>
        <source>It comes first for this question now.</source>
        <translation>Es steht bei dieser Frage jetzt vorn.</translation>
    </message>
    <message>
        <source>It is left out for this question now.</source>
        <translation>Es bleibt bei dieser Frage jetzt weg.</translation>
    </message>
    <message>
        <source>The question is read without it now.</source>
        <translation>Die Frage wird jetzt ohne es gelesen.</translation>
    </message>
</context>
<context>
    <name>AskPage</name>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Search, or ask a question and press Enter</source>
        <translation>Suche, oder stelle eine Frage und drücke die Eingabetaste</translation>
    </message>
</context>
<context>
    <name>AskView</name>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
</context>
<context>
    <name>BearingCompass</name>
    <message>
        <source>Where sound comes from</source>
        <translation>Woher der Ton kommt</translation>
    </message>
    <message>
        <source>Sound comes from: {side}</source>
        <translation>Ton kommt von: {side}</translation>
    </message>
    <message>
        <source>No direction stands out</source>
        <translation>Keine Richtung sticht hervor</translation>
    </message>
</context>
<context>
    <name>CaptureBar</name>
    <message>
        <source>Recording</source>
        <translation>Aufnahme</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>Microphones and their places</source>
        <translation>Mikrofone und ihre Plätze</translation>
    </message>
    <message>
        <source>Start recording</source>
        <translation>Aufnahme beginnen</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Noch einmal nachsehen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Pause sound and screen for a while</source>
        <translation>Ton und Bildschirm eine Weile pausieren</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Close the recording bar</source>
        <translation>Aufnahmeleiste schließen</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
</context>
<context>
    <name>CaptureController</name>
    <message>
        <source>The disk does not answer.</source>
        <translation>Die Festplatte antwortet nicht.</translation>
    </message>
</context>
<context>
    <name>Capturing</name>
    <message>
        <source>It goes on by itself at another place.</source>
        <translation>An einem anderen Ort geht es von selbst weiter.</translation>
    </message>
</context>
<context>
    <name>CardsList</name>
    <message>
        <source>Evidence</source>
        <translation>Belege</translation>
    </message>
    <message>
        <source>Enter opens a moment, Space plays it, Delete forgets it.</source>
        <translation>Eingabe öffnet einen Moment, Leertaste spielt ihn ab, Entf vergisst ihn.</translation>
    </message>
    <message>
        <source>What to do with this moment</source>
        <translation>Was mit diesem Moment geschehen soll</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>Mehr davon</translation>
    </message>
    <message>
        <source>Not this</source>
        <translation>Das nicht</translation>
    </message>
    <message>
        <source>Forget…</source>
        <translation>Vergessen…</translation>
    </message>
</context>
<context>
    <name>Chips</name>
    <message>
        <source>Understood: {words}</source>
        <translation>Verstanden: {words}</translation>
    </message>
    <message>
        <source>nothing particular</source>
        <translation>nichts Besonderes</translation>
    </message>
    <message>
        <source>Arrow keys choose, Delete takes out, Enter changes.</source>
        <translation>Pfeiltasten wählen, Entf nimmt heraus, Eingabe ändert.</translation>
    </message>
    <message>
        <source>Change the time</source>
        <translation>Zeit ändern</translation>
    </message>
    <message>
        <source>Any time</source>
        <translation>Jederzeit</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Früher</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Wider</source>
        <translation>Weiter gefasst</translation>
    </message>
    <message>
        <source>The cross takes it out of the question; a click changes a time.</source>
        <translation>Das Kreuz nimmt es aus der Frage heraus; ein Klick ändert eine Zeit.</translation>
    </message>
</context>
<context>
    <name>CommandMenu</name>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>Einen Befehl finden</translation>
    </message>
    <message>
        <source>What is to be done? Type a few letters</source>
        <translation>Was soll geschehen? Tippe ein paar Buchstaben</translation>
    </message>
    <message>
        <source>Commands that fit</source>
        <translation>Passende Befehle</translation>
    </message>
    <message>
        <source>Nothing is called that. Fewer letters find more.</source>
        <translation>So heißt nichts. Weniger Buchstaben finden mehr.</translation>
    </message>
</context>
<context>
    <name>Compass</name>
    <message>
        <source>Who speaks now</source>
        <translation>Wer gerade spricht</translation>
    </message>
    <message>
        <source>Ahead is 0° of the array, the way its x axis points; degrees go counter-clockwise.</source>
        <translation>Vorn ist 0° der Anordnung, wohin ihre x-Achse zeigt; Grade zählen gegen den Uhrzeigersinn.</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemand</translation>
    </message>
    <message>
        <source>Now: {words}</source>
        <translation>Jetzt: {words}</translation>
    </message>
    <message>
        <source>left</source>
        <translation>links</translation>
    </message>
    <message>
        <source>right</source>
        <translation>rechts</translation>
    </message>
    <message>
        <source>ahead</source>
        <translation>vorn</translation>
    </message>
    <message>
        <source>behind</source>
        <translation>hinten</translation>
    </message>
</context>
<context>
    <name>CorrectionLine</name>
    <message>
        <source>Correct the words</source>
        <translation>Die Worte berichtigen</translation>
    </message>
    <message>
        <source>What was really said? What was heard is kept beside it.</source>
        <translation>Was wurde wirklich gesagt? Was gehört wurde, bleibt daneben erhalten.</translation>
    </message>
    <message>
        <source>Words as they were said</source>
        <translation>Worte, wie sie gesagt wurden</translation>
    </message>
    <message>
        <source>What you typed before</source>
        <translation>Was du früher eingegeben hast</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Fassungen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save the correction (Ctrl+Enter)</source>
        <translation>Die Berichtigung speichern (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>Bring back what was heard</source>
        <translation>Zurückholen, was gehört wurde</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Leave the words as they are</source>
        <translation>Die Worte lassen, wie sie sind</translation>
    </message>
    <message>
        <source>What you typed before…</source>
        <translation>Was du früher eingegeben hast…</translation>
    </message>
</context>
<context>
    <name>DaysStrip</name>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Week from {day}</source>
        <translation>Woche vom {day}</translation>
    </message>
    <message>
        <source>All days</source>
        <translation>Alle Tage</translation>
    </message>
    <message>
        <source>Left and right choose a time, Enter narrows the list to it, Escape shows all again.</source>
        <translation>Links und Rechts wählen eine Zeit, Eingabe grenzt die Liste darauf ein, Esc zeigt wieder alle.</translation>
    </message>
</context>
<context>
    <name>DragOut</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Click to copy, or drag it into another program</source>
        <translation>Klicke zum Kopieren, oder ziehe es in ein anderes Programm</translation>
    </message>
    <message>
        <source>Copy this moment, or drag it into another program</source>
        <translation>Diesen Moment kopieren, oder in ein anderes Programm ziehen</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message>
        <source>Drop to import</source>
        <translation>Zum Importieren loslassen</translation>
    </message>
</context>
<context>
    <name>EmptyView</name>
    <message>
        <source>Start</source>
        <translation>Anfang</translation>
    </message>
    <message>
        <source>Then ask in plain words, for example: “What did the dentist say about Thursday?”</source>
        <translation>Dann frag in eigenen Worten, zum Beispiel: „Was hat der Zahnarzt über Donnerstag gesagt?“</translation>
    </message>
    <message>
        <source>Import files…</source>
        <translation>Dateien importieren…</translation>
    </message>
    <message>
        <source>Import a folder…</source>
        <translation>Einen Ordner importieren…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>What helps</source>
        <translation>Was hilft</translation>
    </message>
    <message>
        <source>Opening the memory…</source>
        <translation>Das Gedächtnis wird geöffnet…</translation>
    </message>
    <message>
        <source>You can type your question already.</source>
        <translation>Du kannst deine Frage schon eingeben.</translation>
    </message>
    <message>
        <source>What you asked for follows as soon as it is open.</source>
        <translation>Was gewünscht wurde, folgt, sobald es offen ist.</translation>
    </message>
    <message>
        <source>It is large, or its disk is slow: this takes longer than usual. What you ask for follows.</source>
        <translation>Es ist groß, oder seine Platte ist langsam: Das dauert länger als sonst. Was jetzt gefragt wird, folgt dann.</translation>
    </message>
    <message>
        <source>Drop recordings, photos, screenshots or notes anywhere on this window, or choose them.</source>
        <translation>Lege Aufnahmen, Fotos, Bildschirmfotos oder Notizen irgendwo auf diesem Fenster ab, oder wähle sie aus.</translation>
    </message>
    <message>
        <source>What is recorded now appears here once it is written down. You can drop files as well.</source>
        <translation>Was jetzt aufgenommen wird, erscheint hier, sobald es aufgeschrieben ist. Dateien lassen sich auch hierher ziehen.</translation>
    </message>
    <message>
        <source>Your memory is empty</source>
        <translation>Dein Gedächtnis ist leer</translation>
    </message>
</context>
<context>
    <name>EntriesList</name>
    <message>
        <source>Arrows choose, Enter goes to what is shown of it.</source>
        <translation>Pfeiltasten wählen, Eingabe geht zu dem, was davon gezeigt wird.</translation>
    </message>
</context>
<context>
    <name>EntryPanel</name>
    <message>
        <source>What was chosen</source>
        <translation>Was gewählt wurde</translation>
    </message>
    <message>
        <source>Ask about it</source>
        <translation>Danach fragen</translation>
    </message>
    <message>
        <source>Begin a question about it</source>
        <translation>Eine Frage danach beginnen</translation>
    </message>
    <message>
        <source>On the timeline</source>
        <translation>Auf der Zeitleiste</translation>
    </message>
    <message>
        <source>Show the newest moment on the timeline</source>
        <translation>Den neuesten Moment auf der Zeitleiste zeigen</translation>
    </message>
    <message>
        <source>Moments</source>
        <translation>Momente</translation>
    </message>
    <message>
        <source>All moments, the newest first</source>
        <translation>Alle Momente, die neuesten zuerst</translation>
    </message>
    <message>
        <source>Perhaps you: the nearest to the microphones in {n} of {of} recordings with others.</source>
        <translation>Vielleicht du: in {n} von {of} Aufnahmen mit anderen am nächsten an den Mikrofonen.</translation>
    </message>
</context>
<context>
    <name>FailedSection</name>
    <message>
        <source>Files that could not be imported</source>
        <translation>Dateien, die nicht importiert werden konnten</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Try the chosen files again</source>
        <translation>Die gewählten Dateien noch einmal versuchen</translation>
    </message>
    <message>
        <source>Try all again</source>
        <translation>Alle noch einmal versuchen</translation>
    </message>
    <message>
        <source>Try all failed files again</source>
        <translation>Alle fehlgeschlagenen Dateien noch einmal versuchen</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Open the folder of the chosen file</source>
        <translation>Den Ordner der gewählten Datei öffnen</translation>
    </message>
    <message>
        <source>Take off the list</source>
        <translation>Von der Liste nehmen</translation>
    </message>
    <message>
        <source>Take chosen files off the list that were never kept</source>
        <translation>Gewählte Dateien, die nie behalten wurden, von der Liste nehmen</translation>
    </message>
</context>
<context>
    <name>ImportBar</name>
    <message>
        <source>Import</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>Progress of the import</source>
        <translation>Fortschritt des Imports</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel the import</source>
        <translation>Den Import abbrechen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Try the import again</source>
        <translation>Den Import noch einmal versuchen</translation>
    </message>
    <message>
        <source>Show what failed</source>
        <translation>Zeigen, was fehlschlug</translation>
    </message>
    <message>
        <source>Close the import bar</source>
        <translation>Importleiste schließen</translation>
    </message>
    <message>
        <source>Files that could not be imported</source>
        <translation>Dateien, die nicht importiert werden konnten</translation>
    </message>
    <message>
        <source>Hide what failed</source>
        <translation>Fehlgeschlagenes verbergen</translation>
    </message>
</context>
<context>
    <name>ImportSection</name>
    <message>
        <source>Progress of the import, in the library</source>
        <translation>Fortschritt des Imports, in der Bibliothek</translation>
    </message>
    <message>
        <source>Import files…</source>
        <translation>Dateien importieren…</translation>
    </message>
    <message>
        <source>Import a folder…</source>
        <translation>Einen Ordner importieren…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel the import</source>
        <translation>Den Import abbrechen</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Go on with what is waiting</source>
        <translation>Mit dem weitermachen, was wartet</translation>
    </message>
    <message>
        <source>Nothing is being imported.</source>
        <translation>Es wird nichts importiert.</translation>
    </message>
</context>
<context>
    <name>IncognitoBar</name>
    <message>
        <source>Incognito</source>
        <translation>Inkognito</translation>
    </message>
    <message>
        <source>End incognito</source>
        <translation>Inkognito beenden</translation>
    </message>
    <message>
        <source>Incognito since {time}: nothing is kept, neither sound nor screen.</source>
        <translation>Inkognito seit {time}: nichts wird behalten, weder Ton noch Bildschirm.</translation>
    </message>
</context>
<context>
    <name>LanesView</name>
    <message>
        <source>Directions over time</source>
        <translation>Richtungen im Lauf der Zeit</translation>
    </message>
    <message>
        <source>Nothing was recorded here: {reason}</source>
        <translation>Hier wurde nichts aufgenommen: {reason}</translation>
    </message>
    <message>
        <source>No recording is open.</source>
        <translation>Keine Aufnahme ist geöffnet.</translation>
    </message>
    <message>
        <source>nothing was said</source>
        <translation>nichts wurde gesagt</translation>
    </message>
    <message>
        <source>followed</source>
        <translation>gefolgt</translation>
    </message>
    <message>
        <source>F: I followed it</source>
        <translation>F: dem bin ich gefolgt</translation>
    </message>
</context>
<context>
    <name>LibraryPage</name>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Search, or ask a question and press Enter</source>
        <translation>Suche, oder stelle eine Frage und drücke die Eingabetaste</translation>
    </message>
    <message>
        <source>Cards of the library</source>
        <translation>Karten der Bibliothek</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Madeleine: {home}</source>
        <translation>Madeleine: {home}</translation>
    </message>
    <message>
        <source>Madeleine</source>
        <translation>Madeleine</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Ask the question</source>
        <translation>Die Frage stellen</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>Record with a microphone (Ctrl+R)</source>
        <translation>Mit einem Mikrofon aufnehmen (Strg+R)</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>Bildschirm</translation>
    </message>
    <message>
        <source>Keep the screen (Ctrl+Shift+S)</source>
        <translation>Den Bildschirm behalten (Strg+Umschalt+S)</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>Import files</source>
        <translation>Dateien importieren</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Stop recording (Ctrl+R)</source>
        <translation>Aufnahme beenden (Strg+R)</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop keeping the screen</source>
        <translation>Den Bildschirm nicht mehr behalten</translation>
    </message>
    <message>
        <source>Keep the screen</source>
        <translation>Den Bildschirm behalten</translation>
    </message>
    <message>
        <source>Import a folder</source>
        <translation>Einen Ordner importieren</translation>
    </message>
</context>
<context>
    <name>Meters</name>
    <message>
        <source>Levels of {microphones}</source>
        <translation>Pegel von {microphones}</translation>
    </message>
    <message>
        <source>Loudest: microphone {n}</source>
        <translation>Am lautesten: Mikrofon {n}</translation>
    </message>
</context>
<context>
    <name>MissedController</name>
    <message>
        <source>What did I miss?</source>
        <translation>Was habe ich verpasst?</translation>
    </message>
    <message>
        <source>The voice “{was}” is called “{name}” now.</source>
        <translation>Die Stimme „{was}“ heißt jetzt „{name}“.</translation>
    </message>
    <message>
        <source>A voice is called “{name}” now.</source>
        <translation>Eine Stimme heißt jetzt „{name}“.</translation>
    </message>
    <message>
        <source>There is no sound of this direction here.</source>
        <translation>Von dieser Richtung gibt es hier keinen Ton.</translation>
    </message>
</context>
<context>
    <name>MissedPage</name>
    <message>
        <source>What did I miss?</source>
        <translation>Was habe ich verpasst?</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>Verpasst</translation>
    </message>
    <message>
        <source>What did you follow? “the conversation about dogs”, “my talk with Anna at noon”…</source>
        <translation>Wem bist du gefolgt? „dem Gespräch über Hunde“, „meinem Gespräch mit Anna am Mittag“…</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>MissedStart</name>
    <message>
        <source>Begin here</source>
        <translation>Hier beginnen</translation>
    </message>
    <message>
        <source>A microphone array hears every direction at once, and each is written down by itself. Ask what ran beside the conversation you were in: every point plays from where it was said.</source>
        <translation>Eine Mikrofonanordnung hört alle Richtungen zugleich, und jede wird für sich aufgeschrieben. Frag, was neben deinem Gespräch lief: jeder Punkt wird von dort abgespielt, wo er gesagt wurde.</translation>
    </message>
    <message>
        <source>Recordings with several directions</source>
        <translation>Aufnahmen mit mehreren Richtungen</translation>
    </message>
    <message>
        <source>What did I miss while I was away from 2 to 4 pm?</source>
        <translation>Was habe ich verpasst, als ich von 14 bis 16 Uhr weg war?</translation>
    </message>
    <message>
        <source>Ask: {words}</source>
        <translation>Fragen: {words}</translation>
    </message>
    <message>
        <source>Open the recording {words}</source>
        <translation>Die Aufnahme {words} öffnen</translation>
    </message>
</context>
<context>
    <name>MissedView</name>
    <message>
        <source>What did I miss?</source>
        <translation>Was habe ich verpasst?</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufnahme</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>Aufnahmen</translation>
    </message>
    <message>
        <source>Choose a recording</source>
        <translation>Eine Aufnahme wählen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy what was missed, with its times</source>
        <translation>Kopieren, was verpasst wurde, mit den Zeiten</translation>
    </message>
    <message>
        <source>Ask the whole memory instead</source>
        <translation>Stattdessen das ganze Gedächtnis fragen</translation>
    </message>
    <message>
        <source>What ran beside it</source>
        <translation>Was daneben lief</translation>
    </message>
    <message>
        <source>What you missed</source>
        <translation>Was du verpasst hast</translation>
    </message>
    <message>
        <source>Points and room</source>
        <translation>Punkte und Raum</translation>
    </message>
</context>
<context>
    <name>ModelRow</name>
    <message>
        <source>Progress with {model}</source>
        <translation>Fortschritt mit {model}</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>Holen</translation>
    </message>
    <message>
        <source>Fetch {model}</source>
        <translation>{model} holen</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Read every byte of {model}</source>
        <translation>Jedes Byte von {model} lesen</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Messen</translation>
    </message>
    <message>
        <source>Measure the speed of {model}</source>
        <translation>Die Geschwindigkeit von {model} messen</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen…</translation>
    </message>
    <message>
        <source>Remove {model} from the disk</source>
        <translation>{model} von der Festplatte entfernen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Stop what is done with {model}</source>
        <translation>Anhalten, was mit {model} geschieht</translation>
    </message>
    <message>
        <source>used</source>
        <translation>benutzt</translation>
    </message>
    <message>
        <source>not used by the chosen set</source>
        <translation>von der gewählten Zusammenstellung nicht benutzt</translation>
    </message>
</context>
<context>
    <name>ModelsController</name>
    <message>
        <source>It is here, and every byte of it was checked.</source>
        <translation>Es ist da, und jedes Byte wurde geprüft.</translation>
    </message>
    <message>
        <source>Asking where it can be had…</source>
        <translation>Es wird gefragt, wo es zu haben ist…</translation>
    </message>
    <message>
        <source>Every byte is right.</source>
        <translation>Jedes Byte stimmt.</translation>
    </message>
    <message>
        <source>Some of its bytes are wrong or missing.</source>
        <translation>Einige seiner Bytes sind falsch oder fehlen.</translation>
    </message>
    <message>
        <source>Fetch it again.</source>
        <translation>Hole es noch einmal.</translation>
    </message>
    <message>
        <source>Reading every byte…</source>
        <translation>Jedes Byte wird gelesen…</translation>
    </message>
    <message>
        <source>Trying it on a piece of the sample day…</source>
        <translation>Wird an einem Stück des Beispieltags ausprobiert…</translation>
    </message>
    <message>
        <source>Removing…</source>
        <translation>Wird entfernt…</translation>
    </message>
    <message>
        <source>Stopped. What has come stays, and the next time goes on from there.</source>
        <translation>Angehalten. Was gekommen ist, bleibt, und beim nächsten Mal geht es dort weiter.</translation>
    </message>
    <message>
        <source>It is gone; that freed {size}.</source>
        <translation>Es ist weg; das hat {size} frei gemacht.</translation>
    </message>
</context>
<context>
    <name>ModelsSection</name>
    <message>
        <source>Fetch all that are missing</source>
        <translation>Alle fehlenden holen</translation>
    </message>
    <message>
        <source>Fetch all {n} that are missing ({size})</source>
        <translation>Alle {n} fehlenden holen ({size})</translation>
    </message>
</context>
<context>
    <name>MomentView</name>
    <message>
        <source>Moment</source>
        <translation>Moment</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Back to where you came from</source>
        <translation>Zurück, woher du kamst</translation>
    </message>
    <message>
        <source>Forget…</source>
        <translation>Vergessen…</translation>
    </message>
    <message>
        <source>Forget this moment</source>
        <translation>Diesen Moment vergessen</translation>
    </message>
    <message>
        <source>On the timeline</source>
        <translation>Auf der Zeitleiste</translation>
    </message>
    <message>
        <source>Show on the timeline (Ctrl+T)</source>
        <translation>Auf der Zeitleiste zeigen (Strg+T)</translation>
    </message>
    <message>
        <source>Correct…</source>
        <translation>Berichtigen…</translation>
    </message>
    <message>
        <source>Correct the words (F2)</source>
        <translation>Die Worte berichtigen (F2)</translation>
    </message>
    <message>
        <source>Who said this?</source>
        <translation>Wer hat das gesagt?</translation>
    </message>
    <message>
        <source>Correct who said this (N)</source>
        <translation>Berichtigen, wer das gesagt hat (N)</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Kleiner</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Größer</translation>
    </message>
    <message>
        <source>Words of the moment</source>
        <translation>Worte des Moments</translation>
    </message>
    <message>
        <source>Who?</source>
        <translation>Wer?</translation>
    </message>
    <message>
        <source>When?</source>
        <translation>Wann?</translation>
    </message>
    <message>
        <source>There are no words in it.</source>
        <translation>Es sind keine Worte darin.</translation>
    </message>
    <message>
        <source>Words in it</source>
        <translation>Worte darin</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Notice</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Do it</source>
        <translation>Ausführen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Tabs</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>{title} (Ctrl+{n})</source>
        <translation>{title} (Strg+{n})</translation>
    </message>
</context>
<context>
    <name>PartingList</name>
    <message>
        <source>Somebody else&apos;s words</source>
        <translation>Worte von jemand anderem</translation>
    </message>
    <message>
        <source>Whose words these are</source>
        <translation>Wessen Worte das sind</translation>
    </message>
    <message>
        <source>Voices</source>
        <translation>Stimmen</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>Herausnehmen</translation>
    </message>
    <message>
        <source>Take out what is ticked</source>
        <translation>Herausnehmen, was angehakt ist</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Take nothing out</source>
        <translation>Nichts herausnehmen</translation>
    </message>
    <message>
        <source>It was</source>
        <translation>Es war</translation>
    </message>
    <message>
        <source>Tick what somebody else said. What sounds least like this voice comes first.</source>
        <translation>Hake an, was jemand anderes gesagt hat. Was am wenigsten nach dieser Stimme klingt, steht zuerst.</translation>
    </message>
    <message>
        <source>These {n} of {all} are shown.</source>
        <translation>Diese {n} von {all} werden gezeigt.</translation>
    </message>
    <message>
        <source>a voice of its own</source>
        <translation>eine eigene Stimme</translation>
    </message>
    <message>
        <source>Take out {n}</source>
        <translation>{n} herausnehmen</translation>
    </message>
</context>
<context>
    <name>PauseMenu</name>
    <message>
        <source>Pause recording</source>
        <translation>Aufnahme pausieren</translation>
    </message>
</context>
<context>
    <name>PeopleController</name>
    <message>
        <source>“{was}” is called “{name}” now.</source>
        <translation>„{was}“ heißt jetzt „{name}“.</translation>
    </message>
    <message>
        <source>“{was}” has no name any more.</source>
        <translation>„{was}“ hat keinen Namen mehr.</translation>
    </message>
    <message>
        <source>The place “{was}” was changed.</source>
        <translation>Der Ort „{was}“ wurde geändert.</translation>
    </message>
    <message>
        <source>The place “{was}” was taken away.</source>
        <translation>Der Ort „{was}“ wurde weggenommen.</translation>
    </message>
</context>
<context>
    <name>PeoplePage</name>
    <message>
        <source>People and places</source>
        <translation>Menschen und Orte</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Menschen</translation>
    </message>
    <message>
        <source>Find a person, a place or an application, or ask a question and press Enter</source>
        <translation>Finde einen Menschen, einen Ort oder eine Anwendung, oder stelle eine Frage und drücke die Eingabetaste</translation>
    </message>
</context>
<context>
    <name>PeopleView</name>
    <message>
        <source>People and places</source>
        <translation>Menschen und Orte</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Menschen</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Orte</translation>
    </message>
    <message>
        <source>Applications</source>
        <translation>Anwendungen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Make two voices of them again</source>
        <translation>Wieder zwei Stimmen daraus machen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>They are one voice: say it no more</source>
        <translation>Sie sind eine Stimme: sag es nicht mehr</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>The last joining</source>
        <translation>Das letzte Verbinden</translation>
    </message>
    <message>
        <source>What was chosen</source>
        <translation>Was gewählt wurde</translation>
    </message>
    <message>
        <source>Nothing here yet</source>
        <translation>Hier ist noch nichts</translation>
    </message>
    <message>
        <source>Reading the memory…</source>
        <translation>Das Gedächtnis wird gelesen…</translation>
    </message>
    <message>
        <source>Nobody was heard yet. Record a talk, or import one: each voice then stands here, to be named once.</source>
        <translation>Noch wurde niemand gehört. Nimm ein Gespräch auf, oder importiere eines: dann steht jede Stimme hier, um einmal benannt zu werden.</translation>
    </message>
    <message>
        <source>No place is known yet. Photos and videos that know where they were taken bring their places along.</source>
        <translation>Noch ist kein Ort bekannt. Fotos und Videos, die wissen, wo sie entstanden, bringen ihre Orte mit.</translation>
    </message>
    <message>
        <source>Nothing was seen on the screen yet. Keep the screen, or import screenshots.</source>
        <translation>Auf dem Bildschirm wurde noch nichts gesehen. Behalte den Bildschirm, oder importiere Bildschirmfotos.</translation>
    </message>
</context>
<context>
    <name>PersonPanel</name>
    <message>
        <source>This voice</source>
        <translation>Diese Stimme</translation>
    </message>
    <message>
        <source>Nothing of this voice can be played.</source>
        <translation>Von dieser Stimme kann nichts abgespielt werden.</translation>
    </message>
    <message>
        <source>Name of this voice</source>
        <translation>Name dieser Stimme</translation>
    </message>
    <message>
        <source>A name; it is then on all that this voice said</source>
        <translation>Ein Name; er steht dann an allem, was diese Stimme sagte</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save the name</source>
        <translation>Den Namen speichern</translation>
    </message>
    <message>
        <source>This is me</source>
        <translation>Das bin ich</translation>
    </message>
    <message>
        <source>This voice is mine</source>
        <translation>Diese Stimme ist meine</translation>
    </message>
    <message>
        <source>The same person as</source>
        <translation>Dieselbe Person wie</translation>
    </message>
    <message>
        <source>Other voices</source>
        <translation>Andere Stimmen</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Make one voice of the two</source>
        <translation>Aus beiden eine Stimme machen</translation>
    </message>
    <message>
        <source>Not all of it…</source>
        <translation>Nicht alles…</translation>
    </message>
    <message>
        <source>Some of this was said by somebody else</source>
        <translation>Einiges davon hat jemand anderes gesagt</translation>
    </message>
    <message>
        <source>Forget the voice</source>
        <translation>Die Stimme vergessen</translation>
    </message>
    <message>
        <source>Forget how it sounds and what it is called; what was said stays</source>
        <translation>Vergessen, wie sie klingt und wie sie heißt; was gesagt wurde, bleibt</translation>
    </message>
    <message>
        <source>The same as</source>
        <translation>Dieselbe wie</translation>
    </message>
</context>
<context>
    <name>PictureView</name>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>The picture is being read…</source>
        <translation>Das Bild wird gelesen…</translation>
    </message>
    <message>
        <source>The file of this picture is gone or damaged. What was read of it is still here.</source>
        <translation>Die Datei dieses Bildes fehlt oder ist beschädigt. Was daraus gelesen wurde, ist noch da.</translation>
    </message>
    <message>
        <source>Words of the picture</source>
        <translation>Worte des Bildes</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alles auswählen</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Größer</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Kleiner</translation>
    </message>
    <message>
        <source>All of it</source>
        <translation>Das ganze Bild</translation>
    </message>
    <message>
        <source>Selected: {words}</source>
        <translation>Ausgewählt: {words}</translation>
    </message>
</context>
<context>
    <name>PlacePanel</name>
    <message>
        <source>This place</source>
        <translation>Dieser Ort</translation>
    </message>
    <message>
        <source>Name of your own</source>
        <translation>Eigener Name</translation>
    </message>
    <message>
        <source>A name of your own, for example Home or Grandma&apos;s garden</source>
        <translation>Ein eigener Name, zum Beispiel Zuhause oder Omas Garten</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save the name of this place</source>
        <translation>Den Namen dieses Ortes speichern</translation>
    </message>
    <message>
        <source>This is home</source>
        <translation>Das ist mein Zuhause</translation>
    </message>
    <message>
        <source>Call this spot Home</source>
        <translation>Diese Stelle Zuhause nennen</translation>
    </message>
    <message>
        <source>Which spot</source>
        <translation>Welche Stelle</translation>
    </message>
    <message>
        <source>Spots</source>
        <translation>Stellen</translation>
    </message>
    <message>
        <source>How far it reaches</source>
        <translation>Wie weit er reicht</translation>
    </message>
    <message>
        <source>Distances</source>
        <translation>Entfernungen</translation>
    </message>
    <message>
        <source>Keep nothing here</source>
        <translation>Hier nichts behalten</translation>
    </message>
    <message>
        <source>Keep no photo of this place from now on, and no sound and no screen while one of its wireless networks says that the computer is there; what was kept stays</source>
        <translation>Von jetzt an kein Foto dieses Ortes behalten, und weder Ton noch Bildschirm, solange eines seiner Funknetze sagt, dass der Rechner dort ist; was behalten wurde, bleibt</translation>
    </message>
    <message>
        <source>Remove the name</source>
        <translation>Den Namen entfernen</translation>
    </message>
    <message>
        <source>Take this name away; what was taken here is named after the town again</source>
        <translation>Diesen Namen wegnehmen; was hier aufgenommen wurde, heißt wieder nach dem Ort</translation>
    </message>
    <message>
        <source>Where this lies is not known, so it cannot be shown on the map.</source>
        <translation>Wo das liegt, ist nicht bekannt, also kann es nicht auf der Karte gezeigt werden.</translation>
    </message>
    <message>
        <source>Around {lat:.4f}, {lon:.4f}: {moments}</source>
        <translation>Um {lat:.4f}, {lon:.4f}: {moments}</translation>
    </message>
    <message>
        <source>a house, 150 m</source>
        <translation>ein Haus, 150 m</translation>
    </message>
    <message>
        <source>some streets, 500 m</source>
        <translation>einige Straßen, 500 m</translation>
    </message>
    <message>
        <source>a village, 2 km</source>
        <translation>ein Dorf, 2 km</translation>
    </message>
    <message>
        <source>around it, {n} m</source>
        <translation>darum herum, {n} m</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Zuhause</translation>
    </message>
</context>
<context>
    <name>Player</name>
    <message>
        <source>The recording of this moment is no longer there.</source>
        <translation>Die Aufnahme dieses Moments ist nicht mehr da.</translation>
    </message>
    <message>
        <source>No sound device was found, so nothing can be played. Everything else works.</source>
        <translation>Es wurde kein Tongerät gefunden, also kann nichts abgespielt werden. Alles andere geht.</translation>
    </message>
    <message>
        <source>This recording cannot be played here.</source>
        <translation>Diese Aufnahme kann hier nicht abgespielt werden.</translation>
    </message>
</context>
<context>
    <name>PointsList</name>
    <message>
        <source>What you missed</source>
        <translation>Was du verpasst hast</translation>
    </message>
    <message>
        <source>Enter plays a point from where it was said; Space holds.</source>
        <translation>Eingabe spielt einen Punkt von dort ab, wo er gesagt wurde; Leertaste hält an.</translation>
    </message>
</context>
<context>
    <name>Presence</name>
    <message>
        <source>Something is not being kept</source>
        <translation>Etwas wird nicht behalten</translation>
    </message>
    <message>
        <source>It still records. What shall closing the window mean?</source>
        <translation>Es wird noch aufgenommen. Was soll das Schließen des Fensters bedeuten?</translation>
    </message>
    <message>
        <source>In the tray it goes on, and the icon says so. You can change this in the settings.</source>
        <translation>Im Benachrichtigungsfeld geht es weiter, und das Symbol sagt es. Du kannst das in den Einstellungen ändern.</translation>
    </message>
    <message>
        <source>Go on in the tray</source>
        <translation>Im Benachrichtigungsfeld weitermachen</translation>
    </message>
    <message>
        <source>Stop and quit</source>
        <translation>Anhalten und beenden</translation>
    </message>
    <message>
        <source>The disk is nearly full</source>
        <translation>Die Festplatte ist fast voll</translation>
    </message>
    <message>
        <source>{size} GB are free where the memory lies. Make room, or recording will stop.</source>
        <translation>{size} GB sind frei, wo das Gedächtnis liegt. Schaffe Platz, sonst hört die Aufnahme auf.</translation>
    </message>
    <message>
        <source>The import has ended</source>
        <translation>Der Import ist zu Ende</translation>
    </message>
</context>
<context>
    <name>PrivacySection</name>
    <message>
        <source>Look again</source>
        <translation>Noch einmal nachsehen</translation>
    </message>
    <message>
        <source>Look again at open connections</source>
        <translation>Noch einmal nach offenen Verbindungen sehen</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Open the folder of the memory</source>
        <translation>Den Ordner des Gedächtnisses öffnen</translation>
    </message>
    <message>
        <source>Never kept: private windows of browsers, Madeleine’s own window, a locked screen, and the applications, titles and addresses that are named above. While incognito is on nothing is kept at all, neither sound nor screen.</source>
        <translation>Nie behalten: private Fenster von Browsern, Madeleines eigenes Fenster, ein gesperrter Bildschirm, und die Anwendungen, Titel und Adressen, die oben genannt sind. Solange Inkognito an ist, wird gar nichts behalten, weder Ton noch Bildschirm.</translation>
    </message>
    <message>
        <source>The memory lies in {folder}; only you can read it. Who can read your files can read it too.</source>
        <translation>Das Gedächtnis liegt in {folder}; nur du kannst es lesen. Wer deine Dateien lesen kann, kann auch das lesen.</translation>
    </message>
    <message>
        <source>End incognito</source>
        <translation>Inkognito beenden</translation>
    </message>
    <message>
        <source>Begin incognito</source>
        <translation>Inkognito beginnen</translation>
    </message>
</context>
<context>
    <name>Questions</name>
    <message>
        <source>Remove {model} from this computer?</source>
        <translation>{model} von diesem Rechner entfernen?</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Forget all questions that were asked?</source>
        <translation>Alle gestellten Fragen vergessen?</translation>
    </message>
    <message>
        <source>What you said of evidence goes with them. Moments stay.</source>
        <translation>Was du zu Belegen gesagt hast, geht mit. Momente bleiben.</translation>
    </message>
    <message>
        <source>Forget the voice of {name}?</source>
        <translation>Die Stimme von {name} vergessen?</translation>
    </message>
    <message>
        <source>What was said stays; who said it is not known any more, and cannot be brought back.</source>
        <translation>Was gesagt wurde, bleibt; wer es sagte, ist dann nicht mehr bekannt und kann nicht zurückgeholt werden.</translation>
    </message>
    <message>
        <source>Let it go</source>
        <translation>Gehen lassen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Forget this moment?</source>
        <translation>Diesen Moment vergessen?</translation>
    </message>
    <message>
        <source>It is deleted everywhere and cannot be brought back.</source>
        <translation>Er wird überall gelöscht und kann nicht zurückgeholt werden.</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
</context>
<context>
    <name>RawMenu</name>
    <message>
        <source>Sound of each microphone, once separated</source>
        <translation>Ton der einzelnen Mikrofone nach dem Trennen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Keep for 30 days</source>
        <translation>30 Tage behalten</translation>
    </message>
    <message>
        <source>Keep only the directions and the mixed sound</source>
        <translation>Nur die Richtungen und den gemischten Ton behalten</translation>
    </message>
</context>
<context>
    <name>RememberDialog</name>
    <message>
        <source>Remember this</source>
        <translation>Das merken</translation>
    </message>
    <message>
        <source>A note, if you like. It is kept with the screen behind this window.</source>
        <translation>Eine Notiz, wenn du magst. Sie wird mit dem Bildschirm hinter diesem Fenster behalten.</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Type it, or say it</source>
        <translation>Tippe es, oder sag es</translation>
    </message>
    <message>
        <source>&amp;Speak</source>
        <translation>&amp;Sprechen</translation>
    </message>
    <message>
        <source>Say the note (Alt+S)</source>
        <translation>Die Notiz sprechen (Alt+S)</translation>
    </message>
    <message>
        <source>How loud it is</source>
        <translation>Wie laut es ist</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Remember</source>
        <translation>Merken</translation>
    </message>
    <message>
        <source>Listening: {n} s. It ends when you are silent.</source>
        <translation>Hört zu: {n} s. Es endet, wenn du still bist.</translation>
    </message>
    <message>
        <source>{n} s of sound. It is kept once you press Remember, and its words are read then.</source>
        <translation>{n} s Ton. Behalten wird er erst mit „Merken“; dann werden auch seine Wörter gelesen.</translation>
    </message>
    <message>
        <source>Hardly anything was heard.</source>
        <translation>Es war kaum etwas zu hören.</translation>
    </message>
    <message>
        <source>Listening…</source>
        <translation>Hört zu…</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Anhalten</translation>
    </message>
    <message>
        <source>Stop listening</source>
        <translation>Nicht mehr zuhören</translation>
    </message>
</context>
<context>
    <name>RoomPanel</name>
    <message>
        <source>The room</source>
        <translation>Der Raum</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Who is this?</source>
        <translation>Wer ist das?</translation>
    </message>
    <message>
        <source>Name this voice, or say that it is another&apos;s (N)</source>
        <translation>Diese Stimme benennen, oder sagen, dass sie jemand anderem gehört (N)</translation>
    </message>
    <message>
        <source>Whole room</source>
        <translation>Ganzer Raum</translation>
    </message>
    <message>
        <source>Hear all directions together, as they were recorded (M)</source>
        <translation>Alle Richtungen zusammen hören, wie sie aufgenommen wurden (M)</translation>
    </message>
    <message>
        <source>This is the one I followed</source>
        <translation>Dem bin ich gefolgt</translation>
    </message>
    <message>
        <source>What is told follows from it (F)</source>
        <translation>Was erzählt wird, richtet sich danach (F)</translation>
    </message>
    <message>
        <source>Another name…</source>
        <translation>Ein anderer Name…</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>Anhalten</translation>
    </message>
</context>
<context>
    <name>SampleButton</name>
    <message>
        <source>Sample of the voice</source>
        <translation>Probe der Stimme</translation>
    </message>
    <message>
        <source>Hold: {words}</source>
        <translation>Anhalten: {words}</translation>
    </message>
    <message>
        <source>Play: {words}</source>
        <translation>Abspielen: {words}</translation>
    </message>
</context>
<context>
    <name>ScreenBar</name>
    <message>
        <source>Keeping the screen</source>
        <translation>Der Bildschirm wird behalten</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Pause keeping the screen</source>
        <translation>Bildschirm vorerst nicht behalten</translation>
    </message>
    <message>
        <source>Pause sound and screen for a while</source>
        <translation>Ton und Bildschirm eine Weile pausieren</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop keeping the screen</source>
        <translation>Den Bildschirm nicht mehr behalten</translation>
    </message>
    <message>
        <source>Close the screen bar</source>
        <translation>Bildschirmleiste schließen</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Go on keeping the screen</source>
        <translation>Den Bildschirm weiter behalten</translation>
    </message>
</context>
<context>
    <name>SearchLine</name>
    <message>
        <source>Search or ask</source>
        <translation>Suchen oder fragen</translation>
    </message>
    <message>
        <source>Typing searches the memory; Enter asks it as a question.</source>
        <translation>Tippen durchsucht das Gedächtnis; die Eingabetaste stellt es als Frage.</translation>
    </message>
    <message>
        <source>Search, or ask a question and press Enter</source>
        <translation>Suche, oder stelle eine Frage und drücke die Eingabetaste</translation>
    </message>
</context>
<context>
    <name>SettingRow</name>
    <message>
        <source>Back to “{default}”</source>
        <translation>Zurück zu „{default}“</translation>
    </message>
    <message>
        <source>Back to the default</source>
        <translation>Zurück zur Vorgabe</translation>
    </message>
    <message>
        <source>{title}: back to {default}</source>
        <translation>{title}: zurück zu {default}</translation>
    </message>
    <message>
        <source>Change in the library…</source>
        <translation>In der Bibliothek ändern…</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Search, or ask a question and press Enter</source>
        <translation>Suche, oder stelle eine Frage und drücke die Eingabetaste</translation>
    </message>
    <message>
        <source>Find a setting</source>
        <translation>Eine Einstellung finden</translation>
    </message>
    <message>
        <source>Clear the field</source>
        <translation>Das Feld leeren</translation>
    </message>
    <message>
        <source>No setting is called like that.</source>
        <translation>So heißt keine Einstellung.</translation>
    </message>
    <message>
        <source>Cards of the settings</source>
        <translation>Karten der Einstellungen</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Where you are</source>
        <translation>Wo du bist</translation>
    </message>
    <message>
        <source>Keys of the desktop</source>
        <translation>Tasten des Schreibtischs</translation>
    </message>
    <message>
        <source>In every program</source>
        <translation>In jedem Programm</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Ask the question, open a moment</source>
        <translation>Die Frage stellen, einen Moment öffnen</translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation>Pfeiltasten</translation>
    </message>
    <message>
        <source>Go through evidence, points, directions and what was said there</source>
        <translation>Durch Belege, Punkte, Richtungen und das dort Gesagte gehen</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Play or hold</source>
        <translation>Abspielen oder anhalten</translation>
    </message>
    <message>
        <source>F2, N</source>
        <translation>F2, N</translation>
    </message>
    <message>
        <source>Moment: correct its words; correct who said it</source>
        <translation>Moment: die Worte berichtigen; berichtigen, wer es gesagt hat</translation>
    </message>
    <message>
        <source>Enter, M</source>
        <translation>Eingabe, M</translation>
    </message>
    <message>
        <source>Play one direction; hear the whole room instead</source>
        <translation>Eine Richtung abspielen; stattdessen den ganzen Raum hören</translation>
    </message>
    <message>
        <source>F</source>
        <translation>F</translation>
    </message>
    <message>
        <source>This direction is the one I followed</source>
        <translation>Dieser Richtung bin ich gefolgt</translation>
    </message>
    <message>
        <source>N</source>
        <translation>N</translation>
    </message>
    <message>
        <source>Name this voice</source>
        <translation>Diese Stimme benennen</translation>
    </message>
    <message>
        <source>+ and -</source>
        <translation>+ und -</translation>
    </message>
    <message>
        <source>Show less or more time</source>
        <translation>Weniger oder mehr Zeit zeigen</translation>
    </message>
    <message>
        <source>Page keys, Home, End, G</source>
        <translation>Bildtasten, Pos1, Ende, G</translation>
    </message>
    <message>
        <source>Timeline: move, go to its ends, go to the next gap</source>
        <translation>Zeitleiste: bewegen, an die Enden gehen, zur nächsten Lücke gehen</translation>
    </message>
    <message>
        <source>Ctrl+Up, Ctrl+Down</source>
        <translation>Strg+Auf, Strg+Ab</translation>
    </message>
    <message>
        <source>Evidence: more like this; not this</source>
        <translation>Belege: mehr davon; das nicht</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Entf</translation>
    </message>
    <message>
        <source>Forget a moment</source>
        <translation>Einen Moment vergessen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Stop, go back</source>
        <translation>Anhalten, zurückgehen</translation>
    </message>
    <message>
        <source>Ctrl+A, Ctrl+C, + and -</source>
        <translation>Strg+A, Strg+C, + und -</translation>
    </message>
    <message>
        <source>In a picture: select all words, copy, zoom</source>
        <translation>In einem Bild: alle Worte auswählen, kopieren, vergrößern</translation>
    </message>
</context>
<context>
    <name>SightController</name>
    <message>
        <source>Fetch {what}</source>
        <translation>{what} holen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>{what} is here.</source>
        <translation>{what} ist da.</translation>
    </message>
    <message>
        <source>Stopped. What has come stays, and the next time goes on from there.</source>
        <translation>Angehalten. Was gekommen ist, bleibt, und beim nächsten Mal geht es dort weiter.</translation>
    </message>
    <message>
        <source>Fetching {what}: {share:.0%}</source>
        <translation>{what} wird geholt: {share:.0%}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Verbergen</translation>
    </message>
</context>
<context>
    <name>SoundBar</name>
    <message>
        <source>Sound</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Whole room</source>
        <translation>Ganzer Raum</translation>
    </message>
    <message>
        <source>Hear all directions together, as they were recorded</source>
        <translation>Alle Richtungen zusammen hören, wie sie aufgenommen wurden</translation>
    </message>
    <message>
        <source>Skip silence</source>
        <translation>Stille überspringen</translation>
    </message>
    <message>
        <source>Leave out pauses while playing</source>
        <translation>Pausen beim Abspielen auslassen</translation>
    </message>
    <message>
        <source>Play on</source>
        <translation>Weiter abspielen</translation>
    </message>
    <message>
        <source>Go on with what was said next</source>
        <translation>Mit dem weitermachen, was danach gesagt wurde</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>How fast it is played</source>
        <translation>Wie schnell es abgespielt wird</translation>
    </message>
    <message>
        <source>Speeds</source>
        <translation>Tempi</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Raum</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Überspringen</translation>
    </message>
    <message>
        <source>On</source>
        <translation>An</translation>
    </message>
    <message>
        <source>No sound device</source>
        <translation>Kein Tongerät</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>Anhalten</translation>
    </message>
</context>
<context>
    <name>SoundCheckPanel</name>
    <message>
        <source>Test of the microphones</source>
        <translation>Probe der Mikrofone</translation>
    </message>
    <message>
        <source>Microphone to test</source>
        <translation>Mikrofon, das geprobt wird</translation>
    </message>
    <message>
        <source>Where its microphones are</source>
        <translation>Wo seine Mikrofone sind</translation>
    </message>
    <message>
        <source>Listen</source>
        <translation>Zuhören</translation>
    </message>
    <message>
        <source>Listen, and keep nothing of it</source>
        <translation>Zuhören, und nichts davon behalten</translation>
    </message>
    <message>
        <source>Nothing of the test is kept.</source>
        <translation>Von der Probe wird nichts behalten.</translation>
    </message>
    <message>
        <source>There is no microphone. Everything else works without one.</source>
        <translation>Es gibt kein Mikrofon. Alles andere geht auch ohne.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop listening</source>
        <translation>Nicht mehr zuhören</translation>
    </message>
</context>
<context>
    <name>SpeakerLine</name>
    <message>
        <source>Correct who said this</source>
        <translation>Berichtigen, wer das gesagt hat</translation>
    </message>
    <message>
        <source>Who said this one sentence?</source>
        <translation>Wer hat diesen einen Satz gesagt?</translation>
    </message>
    <message>
        <source>Name of who said this</source>
        <translation>Name dessen, der das gesagt hat</translation>
    </message>
    <message>
        <source>Names that are known</source>
        <translation>Bekannte Namen</translation>
    </message>
    <message>
        <source>A known name or a new one</source>
        <translation>Ein bekannter Name oder ein neuer</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save who said this</source>
        <translation>Speichern, wer das gesagt hat</translation>
    </message>
    <message>
        <source>I cannot say</source>
        <translation>Ich kann es nicht sagen</translation>
    </message>
    <message>
        <source>Nobody can say who said this</source>
        <translation>Niemand kann sagen, wer das war</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Leave it as it is</source>
        <translation>So lassen, wie es ist</translation>
    </message>
</context>
<context>
    <name>StorageView</name>
    <message>
        <source>Measure again</source>
        <translation>Noch einmal messen</translation>
    </message>
    <message>
        <source>Change what is kept…</source>
        <translation>Ändern, was behalten wird…</translation>
    </message>
    <message>
        <source>Change in the settings what is kept</source>
        <translation>In den Einstellungen ändern, was behalten wird</translation>
    </message>
    <message>
        <source>Space by kind</source>
        <translation>Platz nach Art</translation>
    </message>
    <message>
        <source>Counting what is on the disk…</source>
        <translation>Es wird gezählt, was auf der Festplatte ist…</translation>
    </message>
    <message>
        <source>Models (shared by all memories of this computer)</source>
        <translation>Modelle (gemeinsam für alle Gedächtnisse dieses Rechners)</translation>
    </message>
</context>
<context>
    <name>Subtitles</name>
    <message>
        <source>Subtitles</source>
        <translation>Untertitel</translation>
    </message>
</context>
<context>
    <name>TimelinePage</name>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>Search, or ask a question and press Enter</source>
        <translation>Suche, oder stelle eine Frage und drücke die Eingabetaste</translation>
    </message>
</context>
<context>
    <name>TimelineStrip</name>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>Nothing is chosen.</source>
        <translation>Nichts ist ausgewählt.</translation>
    </message>
</context>
<context>
    <name>TimelineView</name>
    <message>
        <source>Timeline and its controls</source>
        <translation>Zeitleiste und ihre Bedienung</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Show less time, in more detail (+)</source>
        <translation>Weniger Zeit zeigen, mit mehr Einzelheiten (+)</translation>
    </message>
    <message>
        <source>Show more time (-)</source>
        <translation>Mehr Zeit zeigen (-)</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Show the whole memory</source>
        <translation>Das ganze Gedächtnis zeigen</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Go to the present</source>
        <translation>Zur Gegenwart gehen</translation>
    </message>
    <message>
        <source>Day…</source>
        <translation>Tag…</translation>
    </message>
    <message>
        <source>Choose a day in the calendar</source>
        <translation>Einen Tag im Kalender wählen</translation>
    </message>
    <message>
        <source>Day to show</source>
        <translation>Tag, der gezeigt wird</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>Kalender</translation>
    </message>
    <message>
        <source>Ask about this time</source>
        <translation>Nach dieser Zeit fragen</translation>
    </message>
    <message>
        <source>Drag with Shift, or on the dates, to mark a stretch of time</source>
        <translation>Ziehe mit Umschalt, oder auf den Daten, um eine Zeitspanne zu markieren</translation>
    </message>
    <message>
        <source>What is the matter</source>
        <translation>Was ist los</translation>
    </message>
    <message>
        <source>Marked. Esc lets it go.</source>
        <translation>Markiert. Esc lässt los.</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Wird gelesen…</translation>
    </message>
    <message>
        <source>There is nothing on the timeline yet.</source>
        <translation>Auf der Zeitleiste ist noch nichts.</translation>
    </message>
    <message>
        <source>Import recordings, photos, screenshots or notes, or record something: it appears here at its time.</source>
        <translation>Importiere Aufnahmen, Fotos, Bildschirmfotos oder Notizen, oder nimm etwas auf: es erscheint hier zu seiner Zeit.</translation>
    </message>
    <message>
        <source>Reading the memory…</source>
        <translation>Das Gedächtnis wird gelesen…</translation>
    </message>
</context>
<context>
    <name>TrailStrip</name>
    <message>
        <source>How I got here, and where it led</source>
        <translation>Wie ich hierher kam, und wohin es führte</translation>
    </message>
    <message>
        <source>Left and Right go through the steps, Enter opens one.</source>
        <translation>Links und Rechts gehen durch die Schritte, Eingabe öffnet einen.</translation>
    </message>
    <message>
        <source>Versions of this picture</source>
        <translation>Fassungen dieses Bildes</translation>
    </message>
</context>
<context>
    <name>Transcript</name>
    <message>
        <source>You corrected this. Heard: “{words}”</source>
        <translation>Du hast das berichtigt. Gehört: „{words}“</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Madeleine</source>
        <translation>Madeleine</translation>
    </message>
    <message>
        <source>Open the window</source>
        <translation>Das Fenster öffnen</translation>
    </message>
    <message>
        <source>Remember this…</source>
        <translation>Das merken…</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Incognito: keep nothing</source>
        <translation>Inkognito: nichts behalten</translation>
    </message>
    <message>
        <source>Stop recording and quit</source>
        <translation>Aufnahme anhalten und beenden</translation>
    </message>
    <message>
        <source>Madeleine: {state}</source>
        <translation>Madeleine: {state}</translation>
    </message>
</context>
<context>
    <name>UtteranceList</name>
    <message>
        <source>What this voice said</source>
        <translation>Was diese Stimme sagte</translation>
    </message>
    <message>
        <source>Space ticks what somebody else said, Enter plays it.</source>
        <translation>Leertaste hakt an, was jemand anderes sagte, Eingabe spielt es ab.</translation>
    </message>
</context>
<context>
    <name>WatchController</name>
    <message>
        <source>“{folder}” is not watched any more.</source>
        <translation>„{folder}“ wird nicht mehr beobachtet.</translation>
    </message>
</context>
<context>
    <name>WatchedSection</name>
    <message>
        <source>Watched folders</source>
        <translation>Beobachtete Ordner</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Einen Ordner hinzufügen…</translation>
    </message>
    <message>
        <source>Watch another folder</source>
        <translation>Einen weiteren Ordner beobachten</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Watch the chosen folder no more</source>
        <translation>Den gewählten Ordner nicht mehr beobachten</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Open the chosen watched folder</source>
        <translation>Den gewählten beobachteten Ordner öffnen</translation>
    </message>
    <message>
        <source>Look now</source>
        <translation>Jetzt nachsehen</translation>
    </message>
    <message>
        <source>Look into the watched folders now</source>
        <translation>Jetzt in die beobachteten Ordner sehen</translation>
    </message>
    <message>
        <source>Incognito is on: nothing is brought in until it ends.</source>
        <translation>Inkognito ist an: bis es endet, wird nichts hereingeholt.</translation>
    </message>
    <message>
        <source>You cancelled an import: nothing is brought in by itself until you look again.</source>
        <translation>Du hast einen Import abgebrochen: von selbst wird nichts hereingeholt, bis du wieder nachsiehst.</translation>
    </message>
    <message>
        <source>Not looked yet.</source>
        <translation>Noch nicht nachgesehen.</translation>
    </message>
    <message>
        <source>Last look at {time}.</source>
        <translation>Zuletzt nachgesehen um {time}.</translation>
    </message>
    <message>
        <source>Watch a folder</source>
        <translation>Einen Ordner beobachten</translation>
    </message>
</context>
<context>
    <name>WaveView</name>
    <message>
        <source>Position in the sound</source>
        <translation>Stelle im Ton</translation>
    </message>
    <message>
        <source>Click to play from there; Left and Right go two seconds back and on</source>
        <translation>Klicke, um von dort abzuspielen; Links und Rechts gehen zwei Sekunden zurück und weiter</translation>
    </message>
    <message>
        <source>{at} of {length}</source>
        <translation>{at} von {length}</translation>
    </message>
</context>
<context>
    <name>WelcomeController</name>
    <message>
        <source>May Madeleine record what the microphone hears?</source>
        <translation>Darf Madeleine aufnehmen, was das Mikrofon hört?</translation>
    </message>
    <message>
        <source>Only while the bar shows it, and only on this computer. Others who are heard have to agree.</source>
        <translation>Nur solange die Leiste es zeigt, und nur auf diesem Rechner. Andere, die gehört werden, müssen zustimmen.</translation>
    </message>
    <message>
        <source>May Madeleine keep pictures of the screen?</source>
        <translation>Darf Madeleine Bilder des Bildschirms behalten?</translation>
    </message>
    <message>
        <source>Only while the bar shows it, and only on this computer.</source>
        <translation>Nur solange die Leiste es zeigt, und nur auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Agree and go on</source>
        <translation>Zustimmen und weiter</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
</context>
<context>
    <name>WelcomeView</name>
    <message>
        <source>Welcome</source>
        <translation>Willkommen</translation>
    </message>
    <message>
        <source>Sound: what the microphone hears, while I record</source>
        <translation>Ton: was das Mikrofon hört, während ich aufnehme</translation>
    </message>
    <message>
        <source>Screen: pictures of what it shows, while I keep it</source>
        <translation>Bildschirm: Bilder dessen, was er zeigt, während ich ihn behalte</translation>
    </message>
    <message>
        <source>Choose a folder of photos…</source>
        <translation>Einen Ordner mit Fotos wählen…</translation>
    </message>
    <message>
        <source>Record now</source>
        <translation>Jetzt aufnehmen</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Leave this page; the menu opens it again</source>
        <translation>Diese Seite verlassen; das Menü öffnet sie wieder</translation>
    </message>
    <message>
        <source>Welcome. Let us agree on what is remembered.</source>
        <translation>Willkommen. Lass uns vereinbaren, was gemerkt wird.</translation>
    </message>
    <message>
        <source>What is kept, and where</source>
        <translation>Was behalten wird, und wo</translation>
    </message>
    <message>
        <source>Nothing leaves this computer: no account, no cloud, no statistics. Only fetching models uses the network, and only when you ask for it. You can forget any moment, and it is deleted everywhere.</source>
        <translation>Nichts verlässt diesen Rechner: kein Konto, keine Cloud, keine Statistik. Nur das Holen von Modellen benutzt das Netz, und nur, wenn du es verlangst. Du kannst jeden Moment vergessen, und er wird überall gelöscht.</translation>
    </message>
    <message>
        <source>What may be recorded</source>
        <translation>Was aufgenommen werden darf</translation>
    </message>
    <message>
        <source>Nothing is recorded before you say so here, and then only while the bar or the tray shows it. “Remember this” keeps one picture, and what you say to it, each time you ask for it.</source>
        <translation>Nichts wird aufgenommen, bevor du es hier sagst, und auch dann nur, solange die Leiste oder das Benachrichtigungsfeld es zeigt. „Das merken“ behält jedes Mal, wenn du es verlangst, ein Bild und was du dazu sagst.</translation>
    </message>
    <message>
        <source>Others who are heard have to agree as well, in many countries by law: tell them.</source>
        <translation>Andere, die gehört werden, müssen ebenfalls zustimmen, in vielen Ländern von Gesetzes wegen: sag es ihnen.</translation>
    </message>
    <message>
        <source>Photos: copies of the pictures in a folder that you choose. The originals are not touched.</source>
        <translation>Fotos: Kopien der Bilder in einem Ordner, den du wählst. Die Originale werden nicht angerührt.</translation>
    </message>
    <message>
        <source>Test the microphones in this room</source>
        <translation>Probiere die Mikrofone in diesem Raum</translation>
    </message>
    <message>
        <source>With several microphones at known places, Madeleine tells who spoke from where.</source>
        <translation>Mit mehreren Mikrofonen an bekannten Plätzen sagt Madeleine, wer von wo gesprochen hat.</translation>
    </message>
    <message>
        <source>Words, sound, pictures and where and when they were, in one folder that only you can read:</source>
        <translation>Worte, Ton, Bilder, und wo und wann sie waren, in einem Ordner, den nur du lesen kannst:</translation>
    </message>
</context>
<context>
    <name>WhoLine</name>
    <message>
        <source>Who is this voice?</source>
        <translation>Wem gehört diese Stimme?</translation>
    </message>
    <message>
        <source>Name of this voice</source>
        <translation>Name dieser Stimme</translation>
    </message>
    <message>
        <source>A name; it is then on all that this voice said</source>
        <translation>Ein Name; er steht dann an allem, was diese Stimme sagte</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save the name</source>
        <translation>Den Namen speichern</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Do not name this voice</source>
        <translation>Diese Stimme nicht benennen</translation>
    </message>
    <message>
        <source>The same as</source>
        <translation>Dieselbe wie</translation>
    </message>
    <message>
        <source>The same person as</source>
        <translation>Dieselbe Person wie</translation>
    </message>
    <message>
        <source>Other voices</source>
        <translation>Andere Stimmen</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Make one voice of the two</source>
        <translation>Aus beiden eine Stimme machen</translation>
    </message>
    <message>
        <source>Not this sentence</source>
        <translation>Nicht dieser Satz</translation>
    </message>
    <message>
        <source>Take this sentence out of the voice, as a voice of its own</source>
        <translation>Diesen Satz aus der Stimme herausnehmen, als eine eigene Stimme</translation>
    </message>
    <message>
        <source>Who is this voice? Perhaps you</source>
        <translation>Wem gehört diese Stimme? Vielleicht dir</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>Workspace</source>
        <translation>Arbeitsfläche</translation>
    </message>
    <message>
        <source>That is too long for a note.</source>
        <translation>Für eine Notiz ist das zu lang.</translation>
    </message>
    <message>
        <source>Save it as a text file and drop that.</source>
        <translation>Als Textdatei gespeichert, lässt es sich hierher ziehen.</translation>
    </message>
    <message>
        <source>Kept as a note.</source>
        <translation>Als Notiz behalten.</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Madeleine opens no addresses, and a picture without a file has no time.</source>
        <translation>Madeleine öffnet keine Adressen, und ein Bild ohne Datei hat keine Zeit.</translation>
    </message>
    <message>
        <source>Save it as a file and drop that. Words can be dropped as they are: they are kept as a note.</source>
        <translation>Als Datei gespeichert, lässt es sich hierher ziehen. Wörter gehen, wie sie sind: Sie werden als Notiz behalten.</translation>
    </message>
    <message>
        <source>The files are imported. Addresses are not fetched: nothing leaves or enters by the network.</source>
        <translation>Die Dateien werden importiert. Adressen werden nicht abgerufen: Nichts geht durch das Netz hinaus oder herein.</translation>
    </message>
    <message>
        <source>What lies there can be saved as a file and dropped.</source>
        <translation>Was dort liegt, lässt sich als Datei speichern und hierher ziehen.</translation>
    </message>
    <message>
        <source>Remembered, but not all of the screen.</source>
        <translation>Gemerkt, aber nicht der ganze Bildschirm.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>WorldMap</name>
    <message>
        <source>Map of places</source>
        <translation>Karte der Orte</translation>
    </message>
    <message>
        <source>Arrows move, + and - zoom, Enter goes close to the chosen place, Home shows all places.</source>
        <translation>Pfeiltasten bewegen, + und - vergrößern, Eingabe geht nah an den gewählten Ort, Pos1 zeigt alle Orte.</translation>
    </message>
</context>
<context>
    <name>_000.self</name>
    <message>
        <source>a town, 10 km</source>
        <translation>eine Stadt, 10 km</translation>
    </message>
</context>
<context>
    <name>_Bar</name>
    <message>
        <source>Space by kind, drawn</source>
        <translation>Platz nach Art, gezeichnet</translation>
    </message>
</context>
<context>
    <name>answer</name>
    <message>
        <source>Press Enter to ask this as a question.</source>
        <translation>Drücke die Eingabetaste, um das als Frage zu stellen.</translation>
    </message>
    <message>
        <source>Quoted word for word</source>
        <translation>Wort für Wort zitiert</translation>
    </message>
    <message>
        <source>Perhaps this, word for word</source>
        <translation>Vielleicht dies, Wort für Wort</translation>
    </message>
    <message>
        <source>show</source>
        <translation>zeigen</translation>
    </message>
    <message>
        <source>Read from what was kept</source>
        <translation>Gelesen aus dem, was aufbewahrt ist</translation>
    </message>
    <message>
        <source>Perhaps this, read from what was kept</source>
        <translation>Vielleicht dies, gelesen aus dem, was aufbewahrt ist</translation>
    </message>
    <message>
        <source>Only words and times were searched: what finds by meaning is not here yet.</source>
        <translation>Gesucht wurde nur nach Wörtern und Zeiten: Was nach der Bedeutung findet, fehlt noch.</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>1 source</source>
        <translation>1 Quelle</translation>
    </message>
    <message>
        <source>{n} sources</source>
        <translation>{n} Quellen</translation>
    </message>
    <message>
        <source>Answer: {words} ({sources})</source>
        <translation>Antwort: {words} ({sources})</translation>
    </message>
</context>
<context>
    <name>around</name>
    <message>
        <source>Event: {title}, {span}. Shown on the timeline.</source>
        <translation>Ereignis: {title}, {span}. Auf der Zeitleiste gezeigt.</translation>
    </message>
    <message>
        <source>named by the language model</source>
        <translation>vom Sprachmodell benannt</translation>
    </message>
    <message>
        <source>The language model named it, in words of {n} of its {total} moments.</source>
        <translation>Das Sprachmodell hat es benannt, mit Worten aus {n} von {total} Momenten.</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>On the screen</source>
        <translation>Auf dem Bildschirm</translation>
    </message>
    <message>
        <source>Said</source>
        <translation>Gesagt</translation>
    </message>
    <message>
        <source>Photographed</source>
        <translation>Fotografiert</translation>
    </message>
    <message>
        <source>Noted</source>
        <translation>Notiert</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Menschen</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>{clock}, the nearest moment</source>
        <translation>{clock}, der nächste Moment</translation>
    </message>
</context>
<context>
    <name>ask</name>
    <message>
        <source>goes on</source>
        <translation>knüpft an</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>weggelassen</translation>
    </message>
    <message>
        <source>the time</source>
        <translation>die Zeit</translation>
    </message>
    <message>
        <source>the question before</source>
        <translation>die Frage davor</translation>
    </message>
    <message>
        <source>Latest moments</source>
        <translation>Neueste Momente</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Suche läuft…</translation>
    </message>
    <message>
        <source>This could not be searched</source>
        <translation>Danach konnte nicht gesucht werden</translation>
    </message>
    <message>
        <source>Nothing close to this was found</source>
        <translation>Nichts Ähnliches wurde gefunden</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Belege</translation>
    </message>
    <message>
        <source>{shown} of {total}</source>
        <translation>{shown} von {total}</translation>
    </message>
    <message>
        <source>You can go on from: “{question}”</source>
        <translation>Du kannst weiterfragen nach: „{question}“</translation>
    </message>
    <message>
        <source>Reading the evidence…</source>
        <translation>Die Belege werden gelesen…</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>Schreibt…</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Angehalten.</translation>
    </message>
</context>
<context>
    <name>capture</name>
    <message>
        <source>Starting…</source>
        <translation>Beginnt…</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufnahme</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Nothing is being kept</source>
        <translation>Nichts wird behalten</translation>
    </message>
    <message>
        <source>You can go on meanwhile.</source>
        <translation>Du kannst inzwischen weitermachen.</translation>
    </message>
    <message>
        <source>no sound reaches the disk</source>
        <translation>kein Ton erreicht die Festplatte</translation>
    </message>
    <message>
        <source>{seconds} s lost</source>
        <translation>{seconds} s verloren</translation>
    </message>
    <message>
        <source>writing down what came before…</source>
        <translation>was vorher kam, wird aufgeschrieben…</translation>
    </message>
    <message>
        <source>{time} kept</source>
        <translation>{time} behalten</translation>
    </message>
    <message>
        <source>{time} kept, {size} on disk</source>
        <translation>{time} behalten, {size} auf der Festplatte</translation>
    </message>
    <message>
        <source>Looking for microphones…</source>
        <translation>Mikrofone werden gesucht…</translation>
    </message>
    <message>
        <source>Recording cannot start</source>
        <translation>Die Aufnahme kann nicht beginnen</translation>
    </message>
    <message>
        <source>There is no microphone</source>
        <translation>Es gibt kein Mikrofon</translation>
    </message>
    <message>
        <source>Record with</source>
        <translation>Aufnehmen mit</translation>
    </message>
    <message>
        <source>Plug one in, or check that the sound server runs. Everything else works without one.</source>
        <translation>Schließe eines an, oder prüfe, ob der Tondienst läuft. Alles andere geht auch ohne.</translation>
    </message>
    <message>
        <source>Writing down what was recorded…</source>
        <translation>Das Aufgenommene wird aufgeschrieben…</translation>
    </message>
    <message>
        <source>Writing down {n} recordings…</source>
        <translation>{n} Aufnahmen werden aufgeschrieben…</translation>
    </message>
    <message>
        <source>The recording is kept</source>
        <translation>Die Aufnahme ist behalten</translation>
    </message>
    <message>
        <source>Not everything could be written down</source>
        <translation>Nicht alles konnte aufgeschrieben werden</translation>
    </message>
    <message>
        <source>Written down: {moments}</source>
        <translation>Aufgeschrieben: {moments}</translation>
    </message>
    <message>
        <source>It is written down to its end once a model is here.</source>
        <translation>Sie wird zu Ende aufgeschrieben, sobald ein Modell da ist.</translation>
    </message>
    <message>
        <source>{microphones}, places unknown</source>
        <translation>{microphones}, Plätze unbekannt</translation>
    </message>
    <message>
        <source>1 microphone</source>
        <translation>1 Mikrofon</translation>
    </message>
    <message>
        <source>{n} microphones</source>
        <translation>{n} Mikrofone</translation>
    </message>
</context>
<context>
    <name>check</name>
    <message>
        <source>Waiting for sound…</source>
        <translation>Wartet auf Ton…</translation>
    </message>
    <message>
        <source>Only zeros come: it is muted, or dead.</source>
        <translation>Es kommen nur Nullen: es ist stumm geschaltet, oder tot.</translation>
    </message>
    <message>
        <source>Silent: microphone {names}.</source>
        <translation>Still: Mikrofon {names}.</translation>
    </message>
    <message>
        <source>One microphone only: it hears words, and no directions.</source>
        <translation>Nur ein Mikrofon: es hört Worte, und keine Richtungen.</translation>
    </message>
    <message>
        <source>{microphones}; where they are is not known, so no directions are told.</source>
        <translation>{microphones}; wo sie sind, ist nicht bekannt, also werden keine Richtungen genannt.</translation>
    </message>
    <message>
        <source>Heard from: {side}. Is that right?</source>
        <translation>Gehört von: {side}. Stimmt das?</translation>
    </message>
    <message>
        <source>Clap once, or speak from one side.</source>
        <translation>Klatsche einmal, oder sprich von einer Seite.</translation>
    </message>
</context>
<context>
    <name>commands</name>
    <message>
        <source>Import files…</source>
        <translation>Dateien importieren…</translation>
    </message>
    <message>
        <source>Import a folder…</source>
        <translation>Einen Ordner importieren…</translation>
    </message>
    <message>
        <source>Record, or stop recording</source>
        <translation>Aufnehmen, oder die Aufnahme beenden</translation>
    </message>
    <message>
        <source>Keep the screen, or stop</source>
        <translation>Den Bildschirm behalten, oder damit aufhören</translation>
    </message>
    <message>
        <source>Remember this…</source>
        <translation>Das merken…</translation>
    </message>
    <message>
        <source>Pause recording for 15 minutes</source>
        <translation>Aufnahme 15 Minuten pausieren</translation>
    </message>
    <message>
        <source>Pause recording for an hour</source>
        <translation>Aufnahme eine Stunde pausieren</translation>
    </message>
    <message>
        <source>Pause recording until tomorrow morning</source>
        <translation>Aufnahme bis morgen früh pausieren</translation>
    </message>
    <message>
        <source>Go on after a pause</source>
        <translation>Nach einer Pause weitermachen</translation>
    </message>
    <message>
        <source>Incognito: keep nothing, or end it</source>
        <translation>Inkognito: nichts behalten, oder es beenden</translation>
    </message>
    <message>
        <source>Show on the timeline</source>
        <translation>Auf der Zeitleiste zeigen</translation>
    </message>
    <message>
        <source>How photos are found</source>
        <translation>Wie Fotos gefunden werden</translation>
    </message>
    <message>
        <source>Copy what is told here, with its sources</source>
        <translation>Kopieren, was hier erzählt wird, mit den Quellen</translation>
    </message>
    <message>
        <source>Forget what was asked…</source>
        <translation>Gestellte Fragen vergessen…</translation>
    </message>
    <message>
        <source>Find a command…</source>
        <translation>Einen Befehl finden…</translation>
    </message>
    <message>
        <source>Undo the last change</source>
        <translation>Die letzte Änderung rückgängig machen</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Welcome: what is kept, consent, test of the microphones</source>
        <translation>Willkommen: was behalten wird, Zustimmung, Probe der Mikrofone</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>The line on top</source>
        <translation>Die Zeile oben</translation>
    </message>
    <message>
        <source>Stop, go back</source>
        <translation>Anhalten, zurückgehen</translation>
    </message>
    <message>
        <source>Bring in</source>
        <translation>Hereinholen</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>Gehe zu</translation>
    </message>
</context>
<context>
    <name>directions</name>
    <message>
        <source>ahead</source>
        <translation>vorn</translation>
    </message>
    <message>
        <source>ahead left</source>
        <translation>vorn links</translation>
    </message>
    <message>
        <source>left</source>
        <translation>links</translation>
    </message>
    <message>
        <source>behind left</source>
        <translation>hinten links</translation>
    </message>
    <message>
        <source>behind</source>
        <translation>hinten</translation>
    </message>
    <message>
        <source>behind right</source>
        <translation>hinten rechts</translation>
    </message>
    <message>
        <source>right</source>
        <translation>rechts</translation>
    </message>
    <message>
        <source>ahead right</source>
        <translation>vorn rechts</translation>
    </message>
    <message>
        <source>direction unknown</source>
        <translation>Richtung unbekannt</translation>
    </message>
    <message>
        <source>{first} and {last}</source>
        <translation>{first} und {last}</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>Fetch models…</source>
        <translation>Modelle holen …</translation>
    </message>
    <message>
        <source>Open its folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Go back to the defaults</source>
        <translation>Zurück zu den Vorgaben</translation>
    </message>
    <message>
        <source>A model</source>
        <translation>Ein Modell</translation>
    </message>
    <message>
        <source>Nothing is lost. It is fetched once and then works without a network.</source>
        <translation>Nichts ist verloren. Es wird einmal geholt und arbeitet dann ohne Netz.</translation>
    </message>
    <message>
        <source>{model} is not here yet.</source>
        <translation>{model} fehlt noch.</translation>
    </message>
    <message>
        <source>{model} is damaged.</source>
        <translation>{model} ist beschädigt.</translation>
    </message>
    <message>
        <source>The memory is not affected. Fetch the model again.</source>
        <translation>Das Gedächtnis ist nicht betroffen. Das Modell muss noch einmal geholt werden.</translation>
    </message>
    <message>
        <source>{model} could not be loaded.</source>
        <translation>{model} konnte nicht geladen werden.</translation>
    </message>
    <message>
        <source>There may be too little memory: close other programs, or choose smaller models in the settings.</source>
        <translation>Vielleicht reicht der Arbeitsspeicher nicht: Es hilft, andere Programme zu schließen oder in den Einstellungen kleinere Modelle zu wählen.</translation>
    </message>
    <message>
        <source>Another Madeleine has this memory open.</source>
        <translation>Eine andere Madeleine hat dieses Gedächtnis offen.</translation>
    </message>
    <message>
        <source>Close its window, or wait until its work is done: then it opens here by itself.</source>
        <translation>Sobald ihr Fenster geschlossen oder ihre Arbeit getan ist, öffnet es sich hier von selbst.</translation>
    </message>
    <message>
        <source>This memory was written by a newer Madeleine.</source>
        <translation>Dieses Gedächtnis wurde von einer neueren Madeleine geschrieben.</translation>
    </message>
    <message>
        <source>Nothing of it was touched. Update Madeleine to open it.</source>
        <translation>Nichts daran wurde angerührt. Mit einer aktuellen Madeleine lässt es sich öffnen.</translation>
    </message>
    <message>
        <source>The list of what this memory holds is damaged. It was left as it is.</source>
        <translation>Das Verzeichnis dieses Gedächtnisses ist beschädigt. Es wurde so gelassen, wie es ist.</translation>
    </message>
    <message>
        <source>Photos and recordings are files of their own and still there. The folder “backups” may hold a copy of the list, “memory.db”, from before an update.</source>
        <translation>Fotos und Aufnahmen sind eigene Dateien und noch da. Im Ordner „backups“ liegt vielleicht eine Kopie des Verzeichnisses „memory.db“ aus der Zeit vor einer Aktualisierung.</translation>
    </message>
    <message>
        <source>The disk is full. Nothing that was kept is lost.</source>
        <translation>Die Platte ist voll. Nichts von dem, was behalten wurde, ist verloren.</translation>
    </message>
    <message>
        <source>Make room; then it can go on.</source>
        <translation>Sobald Platz ist, kann es weitergehen.</translation>
    </message>
    <message>
        <source>Where this memory should lie there is a file, not a folder.</source>
        <translation>Wo dieses Gedächtnis liegen soll, ist eine Datei, kein Ordner.</translation>
    </message>
    <message>
        <source>Move that file away, and it opens by itself: {path}</source>
        <translation>Ist diese Datei woanders, öffnet es sich von selbst: {path}</translation>
    </message>
    <message>
        <source>The folder of this memory cannot be written to.</source>
        <translation>In den Ordner dieses Gedächtnisses kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>It is read-only, or belongs to somebody else. Once that is changed it opens by itself.</source>
        <translation>Er ist schreibgeschützt oder gehört jemand anderem. Sobald das geändert ist, öffnet es sich von selbst.</translation>
    </message>
    <message>
        <source>The settings of this memory cannot be read.</source>
        <translation>Die Einstellungen dieses Gedächtnisses sind nicht lesbar.</translation>
    </message>
    <message>
        <source>The memory itself is not affected. With the defaults you are asked again what may be recorded, and what is never kept has to be named again; the damaged file stays beside them.</source>
        <translation>Das Gedächtnis selbst ist nicht betroffen. Mit den Vorgaben wird neu gefragt, was aufgenommen werden darf, und was nie behalten wird, muss neu genannt werden; die beschädigte Datei bleibt daneben liegen.</translation>
    </message>
</context>
<context>
    <name>gaps</name>
    <message>
        <source>the microphone stopped giving sound</source>
        <translation>das Mikrofon gab keinen Ton mehr</translation>
    </message>
    <message>
        <source>the microphone gave only zeros: it is muted or dead</source>
        <translation>das Mikrofon gab nur Nullen: es ist stumm oder tot</translation>
    </message>
    <message>
        <source>sound came faster than it could be written</source>
        <translation>der Ton kam schneller, als er geschrieben werden konnte</translation>
    </message>
    <message>
        <source>the computer slept</source>
        <translation>der Rechner schlief</translation>
    </message>
    <message>
        <source>the program was stopped</source>
        <translation>das Programm war angehalten</translation>
    </message>
    <message>
        <source>sound was lost on the way from the microphone</source>
        <translation>auf dem Weg vom Mikrofon ging Ton verloren</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>die Festplatte ist voll</translation>
    </message>
    <message>
        <source>sound does not reach the disk</source>
        <translation>der Ton kommt nicht auf der Festplatte an</translation>
    </message>
    <message>
        <source>sound could not be written to the disk</source>
        <translation>der Ton konnte nicht geschrieben werden</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>paused for a time: nothing was to be kept</source>
        <translation>für eine Weile angehalten: nichts sollte behalten werden</translation>
    </message>
    <message>
        <source>incognito: nothing was to be kept</source>
        <translation>inkognito: nichts sollte behalten werden</translation>
    </message>
    <message>
        <source>at a place where nothing is kept</source>
        <translation>an einem Ort, an dem nichts behalten wird</translation>
    </message>
    <message>
        <source>the session was locked</source>
        <translation>die Sitzung war gesperrt</translation>
    </message>
    <message>
        <source>the screen could not be read</source>
        <translation>der Bildschirm konnte nicht gelesen werden</translation>
    </message>
    <message>
        <source>windows changed faster than they could be checked</source>
        <translation>Fenster wechselten schneller, als sie geprüft werden konnten</translation>
    </message>
    <message>
        <source>pictures could not be written to the disk</source>
        <translation>Bilder konnten nicht geschrieben werden</translation>
    </message>
    <message>
        <source>where the computer is could not be told, and there are places where nothing is kept</source>
        <translation>wo der Rechner ist, war nicht zu erkennen, und es gibt Orte, an denen nichts behalten wird</translation>
    </message>
    <message>
        <source>a part of the recording was damaged on disk</source>
        <translation>ein Teil der Aufnahme war auf der Festplatte beschädigt</translation>
    </message>
    <message>
        <source>the program ended without stopping the recording</source>
        <translation>das Programm endete, ohne die Aufnahme zu beenden</translation>
    </message>
    <message>
        <source>the screen gave only one colour</source>
        <translation>der Bildschirm zeigte nur eine Farbe</translation>
    </message>
    <message>
        <source>the screen gave the same picture though its windows changed</source>
        <translation>der Bildschirm gab dasselbe Bild, obwohl seine Fenster wechselten</translation>
    </message>
    <message>
        <source>something that is never kept was on the screen</source>
        <translation>auf dem Bildschirm war etwas, das nie behalten wird</translation>
    </message>
    <message>
        <source>Madeleine&apos;s own window was in front</source>
        <translation>Madeleines eigenes Fenster war vorn</translation>
    </message>
    <message>
        <source>the desktop does not let the screen be watched any more: stop and start again</source>
        <translation>der Desktop lässt den Bildschirm nicht mehr beobachten: beende es und beginne neu</translation>
    </message>
    <message>
        <source>Plug it in again, or check the sound server: it goes on by itself.</source>
        <translation>Wieder eingesteckt, oder wenn der Tondienst wieder läuft, geht es von selbst weiter.</translation>
    </message>
    <message>
        <source>Switch it on, or choose another one.</source>
        <translation>Schalte es ein oder wähle ein anderes.</translation>
    </message>
    <message>
        <source>Make room: it goes on by itself.</source>
        <translation>Sobald Platz ist, geht es von selbst weiter.</translation>
    </message>
    <message>
        <source>Check the disk: it goes on by itself.</source>
        <translation>Prüfe die Festplatte: dann geht es von selbst weiter.</translation>
    </message>
</context>
<context>
    <name>import</name>
    <message>
        <source>{n} files a minute</source>
        <translation>{n} Dateien in der Minute</translation>
    </message>
    <message>
        <source>{n} % a minute</source>
        <translation>{n} % in der Minute</translation>
    </message>
    <message>
        <source>Import stopped.</source>
        <translation>Import angehalten.</translation>
    </message>
    <message>
        <source>What was imported so far is kept. Import again to go on.</source>
        <translation>Was bisher importiert wurde, ist behalten. Importiere noch einmal, um weiterzumachen.</translation>
    </message>
    <message>
        <source>Stopping the import…</source>
        <translation>Der Import wird angehalten…</translation>
    </message>
    <message>
        <source>Importing…</source>
        <translation>Wird importiert…</translation>
    </message>
    <message>
        <source>Importing file {at} of {total}</source>
        <translation>Datei {at} von {total} wird importiert</translation>
    </message>
    <message>
        <source>{n} more waiting</source>
        <translation>{n} weitere warten</translation>
    </message>
    <message>
        <source>{files} imported</source>
        <translation>{files} importiert</translation>
    </message>
    <message>
        <source>{moments} new</source>
        <translation>{moments} neu</translation>
    </message>
    <message>
        <source>{n} already known</source>
        <translation>{n} schon bekannt</translation>
    </message>
    <message>
        <source>{n} failed</source>
        <translation>{n} fehlgeschlagen</translation>
    </message>
    <message>
        <source>more is read once a model is here</source>
        <translation>weiter gelesen wird, sobald ein Modell da ist</translation>
    </message>
    <message>
        <source>Keeping</source>
        <translation>Behält</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Liest</translation>
    </message>
    <message>
        <source>Telling directions apart in</source>
        <translation>Trennt die Richtungen in</translation>
    </message>
    <message>
        <source>Listening to</source>
        <translation>Hört</translation>
    </message>
    <message>
        <source>Telling voices apart in</source>
        <translation>Unterscheidet die Stimmen in</translation>
    </message>
    <message>
        <source>Reading the words in</source>
        <translation>Liest die Worte in</translation>
    </message>
    <message>
        <source>Understanding</source>
        <translation>Versteht</translation>
    </message>
    <message>
        <source>Indexing</source>
        <translation>Ordnet ein</translation>
    </message>
    <message>
        <source>No file</source>
        <translation>Keine Datei</translation>
    </message>
    <message>
        <source>1 file</source>
        <translation>1 Datei</translation>
    </message>
    <message>
        <source>{n} files</source>
        <translation>{n} Dateien</translation>
    </message>
</context>
<context>
    <name>keys</name>
    <message>
        <source>Another program has {keys} already.</source>
        <translation>Ein anderes Programm hat {keys} schon.</translation>
    </message>
    <message>
        <source>The keys of the window do the same.</source>
        <translation>Die Tasten des Fensters tun dasselbe.</translation>
    </message>
    <message>
        <source>Remember this</source>
        <translation>Das merken</translation>
    </message>
    <message>
        <source>Pause recording for 15 minutes, or go on</source>
        <translation>Die Aufnahme 15 Minuten anhalten, oder weitermachen</translation>
    </message>
</context>
<context>
    <name>library</name>
    <message>
        <source>Imports</source>
        <translation>Importe</translation>
    </message>
    <message>
        <source>Files that failed</source>
        <translation>Dateien, die fehlschlugen</translation>
    </message>
    <message>
        <source>A picture of the screen</source>
        <translation>Ein Bild des Bildschirms</translation>
    </message>
    <message>
        <source>It is not kept: the original is needed.</source>
        <translation>Es wurde nicht behalten: das Original wird gebraucht.</translation>
    </message>
    <message>
        <source>It is kept, and read to its end once a model is here.</source>
        <translation>Sie ist behalten und wird zu Ende gelesen, sobald ein Modell da ist.</translation>
    </message>
    <message>
        <source>None. A file that cannot be imported is listed here with its reason.</source>
        <translation>Keine. Eine Datei, die nicht importiert werden kann, steht hier mit ihrem Grund.</translation>
    </message>
    <message>
        <source>1 file could not be imported.</source>
        <translation>1 Datei konnte nicht importiert werden.</translation>
    </message>
    <message>
        <source>{n} files could not be imported.</source>
        <translation>{n} Dateien konnten nicht importiert werden.</translation>
    </message>
    <message>
        <source>1 file is kept and waits for a model.</source>
        <translation>1 Datei ist behalten und wartet auf ein Modell.</translation>
    </message>
    <message>
        <source>{n} files are kept and wait for a model.</source>
        <translation>{n} Dateien sind behalten und warten auf ein Modell.</translation>
    </message>
    <message>
        <source>The latest {n} are listed.</source>
        <translation>Die letzten {n} stehen hier.</translation>
    </message>
    <message>
        <source>1 file is kept and waits to be read.</source>
        <translation>1 Datei ist behalten und wartet darauf, gelesen zu werden.</translation>
    </message>
    <message>
        <source>{n} files are kept and wait to be read.</source>
        <translation>{n} Dateien sind behalten und warten darauf, gelesen zu werden.</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Platz</translation>
    </message>
    <message>
        <source>Watched folders</source>
        <translation>Beobachtete Ordner</translation>
    </message>
    <message>
        <source>What comes into these folders is imported by itself while this window is open. Without a window: madeleine capture --watch.</source>
        <translation>Was in diese Ordner kommt, wird von selbst importiert, solange dieses Fenster offen ist. Ohne Fenster: madeleine capture --watch.</translation>
    </message>
    <message>
        <source>Not there now: is its disk connected? It is watched again when it is back.</source>
        <translation>Gerade nicht da: ist seine Festplatte angeschlossen? Er wird wieder beobachtet, wenn er zurück ist.</translation>
    </message>
    <message>
        <source>Watched.</source>
        <translation>Wird beobachtet.</translation>
    </message>
    <message>
        <source>Watched. No file of the memory came from it yet.</source>
        <translation>Wird beobachtet. Noch keine Datei des Gedächtnisses kam aus ihm.</translation>
    </message>
    <message>
        <source>Watched. 1 file of the memory came from it.</source>
        <translation>Wird beobachtet. 1 Datei des Gedächtnisses kam aus ihm.</translation>
    </message>
    <message>
        <source>Watched. {n} files of the memory came from it.</source>
        <translation>Wird beobachtet. {n} Dateien des Gedächtnisses kamen aus ihm.</translation>
    </message>
</context>
<context>
    <name>missed</name>
    <message>
        <source>(perhaps misheard)</source>
        <translation>(vielleicht verhört)</translation>
    </message>
    <message>
        <source>Listening for what ran beside it…</source>
        <translation>Es wird gehört, was daneben lief…</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Angehalten.</translation>
    </message>
    <message>
        <source>Which direction did you follow?</source>
        <translation>Welcher Richtung bist du gefolgt?</translation>
    </message>
    <message>
        <source>What ran beside the conversation you were in?</source>
        <translation>Was lief neben dem Gespräch, in dem du warst?</translation>
    </message>
    <message>
        <source>Ask again, or choose a recording.</source>
        <translation>Frag noch einmal, oder wähle eine Aufnahme.</translation>
    </message>
    <message>
        <source>Choose it in the picture and press F; what the others said is told then.</source>
        <translation>Wähle sie im Bild und drücke F; dann wird erzählt, was die anderen sagten.</translation>
    </message>
    <message>
        <source>This works with recordings of a microphone array: import one with its array, or record with one.</source>
        <translation>Das geht mit Aufnahmen einer Mikrofonanordnung: importiere eine mit ihrer Anordnung, oder nimm mit einer auf.</translation>
    </message>
    <message>
        <source>Say on the line what you followed, or choose a recording.</source>
        <translation>Sag in der Zeile, wem du gefolgt bist, oder wähle eine Aufnahme.</translation>
    </message>
    <message>
        <source>You followed this one</source>
        <translation>Dem bist du gefolgt</translation>
    </message>
    <message>
        <source>This is the one I followed</source>
        <translation>Dem bin ich gefolgt</translation>
    </message>
    <message>
        <source>For example: “What did I miss while I followed the talk about dogs?”</source>
        <translation>Zum Beispiel: „Was habe ich verpasst, während ich dem Gespräch über Hunde folgte?“</translation>
    </message>
    <message>
        <source>Name it in other words, or choose the recording and mark it there.</source>
        <translation>Nenne es mit anderen Worten, oder wähle die Aufnahme und markiere es dort.</translation>
    </message>
    <message>
        <source>Only an array of microphones can hear several directions apart.</source>
        <translation>Nur eine Anordnung von Mikrofonen kann mehrere Richtungen auseinanderhalten.</translation>
    </message>
    <message>
        <source>Listen to the whole room below, or mark another direction.</source>
        <translation>Höre unten den ganzen Raum, oder markiere eine andere Richtung.</translation>
    </message>
    <message>
        <source>Record with an array, and what you miss next time can be told.</source>
        <translation>Nimm mit einer Mikrofonanordnung auf, dann kann beim nächsten Mal erzählt werden, was du verpasst.</translation>
    </message>
    <message>
        <source>no name, {n} sentences</source>
        <translation>kein Name, {n} Sätze</translation>
    </message>
</context>
<context>
    <name>models</name>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>They work on this computer, without a network. Only “Fetch” uses it: each file comes from the model hub or the Python package index, and is used only if every byte is the one that is known. All memories of this computer share them.</source>
        <translation>Sie arbeiten auf diesem Rechner, ohne Netz. Nur „Holen“ benutzt es: jede Datei kommt vom Modellverzeichnis oder vom Python-Paketverzeichnis und wird nur benutzt, wenn jedes Byte das bekannte ist. Alle Gedächtnisse dieses Rechners teilen sie.</translation>
    </message>
    <message>
        <source>Writes down what is said</source>
        <translation>Schreibt auf, was gesagt wird</translation>
    </message>
    <message>
        <source>Finds speech in sound</source>
        <translation>Findet Sprache im Ton</translation>
    </message>
    <message>
        <source>Tells voices apart</source>
        <translation>Unterscheidet Stimmen</translation>
    </message>
    <message>
        <source>Reads the words in pictures</source>
        <translation>Liest die Worte in Bildern</translation>
    </message>
    <message>
        <source>Finds by meaning</source>
        <translation>Findet nach Bedeutung</translation>
    </message>
    <message>
        <source>Answers in sentences</source>
        <translation>Antwortet in Sätzen</translation>
    </message>
    <message>
        <source>Finds photos by what they show</source>
        <translation>Findet Fotos nach dem, was sie zeigen</translation>
    </message>
    <message>
        <source>Without it recordings are kept and wait to be written down.</source>
        <translation>Ohne es werden Aufnahmen behalten und warten darauf, aufgeschrieben zu werden.</translation>
    </message>
    <message>
        <source>Without it nobody is told apart by voice.</source>
        <translation>Ohne es wird niemand an der Stimme unterschieden.</translation>
    </message>
    <message>
        <source>Without it pictures are kept and their words wait to be read.</source>
        <translation>Ohne es werden Bilder behalten, und ihre Worte warten darauf, gelesen zu werden.</translation>
    </message>
    <message>
        <source>Without it only words and times are searched, not meaning.</source>
        <translation>Ohne es werden nur Worte und Zeiten gesucht, keine Bedeutung.</translation>
    </message>
    <message>
        <source>Without it there is evidence and quotes, but no answer in sentences.</source>
        <translation>Ohne es gibt es Belege und Zitate, aber keine Antwort in Sätzen.</translation>
    </message>
    <message>
        <source>Without it photos are found by words, times, places and guesses.</source>
        <translation>Ohne es werden Fotos nach Worten, Zeiten, Orten und Vermutungen gefunden.</translation>
    </message>
    <message>
        <source>here, every byte checked</source>
        <translation>da, jedes Byte geprüft</translation>
    </message>
    <message>
        <source>here, not checked yet</source>
        <translation>da, noch nicht geprüft</translation>
    </message>
    <message>
        <source>part of Madeleine</source>
        <translation>Teil von Madeleine</translation>
    </message>
    <message>
        <source>not fetched</source>
        <translation>nicht geholt</translation>
    </message>
    <message>
        <source>fetched in part</source>
        <translation>zum Teil geholt</translation>
    </message>
    <message>
        <source>damaged: fetch it again</source>
        <translation>beschädigt: hole es noch einmal</translation>
    </message>
    <message>
        <source>{size} on the disk · licence {licence} · {state}</source>
        <translation>{size} auf der Festplatte · Lizenz {licence} · {state}</translation>
    </message>
    <message>
        <source>Speed and working memory on this computer: not measured yet.</source>
        <translation>Tempo und Arbeitsspeicher auf diesem Rechner: noch nicht gemessen.</translation>
    </message>
    <message>
        <source>On this computer ({date}): {rates}; {memory} of working memory.</source>
        <translation>Auf diesem Rechner ({date}): {rates}; {memory} Arbeitsspeicher.</translation>
    </message>
    <message>
        <source>{n} seconds a picture</source>
        <translation>{n} Sekunden je Bild</translation>
    </message>
    <message>
        <source>{n} seconds of sound a second</source>
        <translation>{n} Sekunden Ton je Sekunde</translation>
    </message>
    <message>
        <source>{n} pictures a second</source>
        <translation>{n} Bilder je Sekunde</translation>
    </message>
    <message>
        <source>{n} sentences a second</source>
        <translation>{n} Sätze je Sekunde</translation>
    </message>
    <message>
        <source>reads {n} tokens a second</source>
        <translation>liest {n} Token je Sekunde</translation>
    </message>
    <message>
        <source>writes {n} tokens a second</source>
        <translation>schreibt {n} Token je Sekunde</translation>
    </message>
    <message>
        <source>Waiting for another fetch to end…</source>
        <translation>Wartet, bis ein anderes Holen zu Ende ist…</translation>
    </message>
    <message>
        <source>Checking every byte…</source>
        <translation>Jedes Byte wird geprüft…</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
</context>
<context>
    <name>pause</name>
    <message>
        <source>Paused: nothing is kept at this place</source>
        <translation>Pause: an diesem Ort wird nichts behalten</translation>
    </message>
    <message>
        <source>Paused: it is not known whether nothing may be kept at this place</source>
        <translation>Pause: es ist nicht bekannt, ob hier etwas behalten werden darf</translation>
    </message>
    <message>
        <source>Paused until you go on</source>
        <translation>Pause, bis du weitermachst</translation>
    </message>
    <message>
        <source>Paused until {time}</source>
        <translation>Pause bis {time}</translation>
    </message>
    <message>
        <source>Until {time}</source>
        <translation>Bis {time}</translation>
    </message>
    <message>
        <source>For 15 minutes</source>
        <translation>15 Minuten lang</translation>
    </message>
    <message>
        <source>For an hour</source>
        <translation>Eine Stunde lang</translation>
    </message>
    <message>
        <source>tomorrow, {time}</source>
        <translation>morgen, {time}</translation>
    </message>
</context>
<context>
    <name>people</name>
    <message>
        <source>A place without a name</source>
        <translation>Ein Ort ohne Namen</translation>
    </message>
    <message>
        <source>1 second</source>
        <translation>1 Sekunde</translation>
    </message>
    <message>
        <source>{n} seconds</source>
        <translation>{n} Sekunden</translation>
    </message>
    <message>
        <source>{n} minutes</source>
        <translation>{n} Minuten</translation>
    </message>
    <message>
        <source>{n} hours</source>
        <translation>{n} Stunden</translation>
    </message>
    <message>
        <source>last: {day}</source>
        <translation>zuletzt: {day}</translation>
    </message>
    <message>
        <source>What did {name} say?</source>
        <translation>Was hat {name} gesagt?</translation>
    </message>
    <message>
        <source>What did I do in {name}?</source>
        <translation>Was habe ich in {name} gemacht?</translation>
    </message>
    <message>
        <source>What did I read in {name}?</source>
        <translation>Was habe ich in {name} gelesen?</translation>
    </message>
    <message>
        <source>{others} and {into} are one voice now.</source>
        <translation>{others} und {into} sind jetzt eine Stimme.</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first} bis {last}</translation>
    </message>
</context>
<context>
    <name>privacy</name>
    <message>
        <source>Privacy</source>
        <translation>Privatsphäre</translation>
    </message>
    <message>
        <source>Nothing leaves this computer. Madeleine opens no connection but to fetch a model, and only when you press “Fetch”; it waits for no callers, sends no statistics and looks for no updates.</source>
        <translation>Nichts verlässt diesen Rechner. Madeleine öffnet keine Verbindung, außer um ein Modell zu holen, und nur, wenn du auf „Holen“ drückst; es wartet auf keine Anrufer, schickt keine Statistik und sucht keine Aktualisierungen.</translation>
    </message>
    <message>
        <source>This system does not tell which connections a program has.</source>
        <translation>Dieses System sagt nicht, welche Verbindungen ein Programm hat.</translation>
    </message>
    <message>
        <source>Looked just now, as the system tells it: this program has no network connection open.</source>
        <translation>Eben nachgesehen, wie das System es sagt: dieses Programm hat keine Netzverbindung offen.</translation>
    </message>
    <message>
        <source>Looked just now: 1 network connection is open. That is right only while fetching.</source>
        <translation>Eben nachgesehen: 1 Netzverbindung ist offen. Das ist nur beim Holen richtig.</translation>
    </message>
    <message>
        <source>Looked just now: {n} network connections are open. That is right only while fetching.</source>
        <translation>Eben nachgesehen: {n} Netzverbindungen sind offen. Das ist nur beim Holen richtig.</translation>
    </message>
</context>
<context>
    <name>screen</name>
    <message>
        <source>The screen cannot be kept</source>
        <translation>Der Bildschirm kann nicht behalten werden</translation>
    </message>
    <message>
        <source>Incognito: the screen is not kept</source>
        <translation>Inkognito: der Bildschirm wird nicht behalten</translation>
    </message>
    <message>
        <source>{paused}: the screen is not kept</source>
        <translation>{paused}: der Bildschirm wird nicht behalten</translation>
    </message>
    <message>
        <source>Looking at the screen…</source>
        <translation>Der Bildschirm wird angesehen…</translation>
    </message>
    <message>
        <source>Keeping the screen</source>
        <translation>Der Bildschirm wird behalten</translation>
    </message>
    <message>
        <source>Paused: the screen is not kept</source>
        <translation>Pause: der Bildschirm wird nicht behalten</translation>
    </message>
    <message>
        <source>The screen is not kept now</source>
        <translation>Der Bildschirm wird gerade nicht behalten</translation>
    </message>
    <message>
        <source>The screen is not being kept</source>
        <translation>Der Bildschirm wird nicht behalten</translation>
    </message>
    <message>
        <source>{n} still to be read</source>
        <translation>{n} noch zu lesen</translation>
    </message>
    <message>
        <source>{n} old pictures let go, their words kept</source>
        <translation>{n} alte Bilder gehen gelassen, ihre Worte behalten</translation>
    </message>
    <message>
        <source>No picture yet</source>
        <translation>Noch kein Bild</translation>
    </message>
    <message>
        <source>1 picture, {size}, last seen at {time}</source>
        <translation>1 Bild, {size}, zuletzt gesehen um {time}</translation>
    </message>
    <message>
        <source>{n} pictures, {size}, last seen at {time}</source>
        <translation>{n} Bilder, {size}, zuletzt gesehen um {time}</translation>
    </message>
</context>
<context>
    <name>settings</name>
    <message>
        <source>The window</source>
        <translation>Das Fenster</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Du</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Recording sound</source>
        <translation>Ton aufnehmen</translation>
    </message>
    <message>
        <source>What of the screen is never kept, and how much is</source>
        <translation>Was vom Bildschirm nie behalten wird, und wie viel davon</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Weiteres</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Dein Name</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Zeitzone</translation>
    </message>
    <message>
        <source>Set of models</source>
        <translation>Zusammenstellung der Modelle</translation>
    </message>
    <message>
        <source>Length of the evidence</source>
        <translation>Länge der Belege</translation>
    </message>
    <message>
        <source>Models leave the working memory after</source>
        <translation>Modelle verlassen den Arbeitsspeicher nach</translation>
    </message>
    <message>
        <source>Better titles for events</source>
        <translation>Bessere Titel für Ereignisse</translation>
    </message>
    <message>
        <source>Sound of each microphone, once separated</source>
        <translation>Ton der einzelnen Mikrofone nach dem Trennen</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>Channels of the microphone</source>
        <translation>Kanäle des Mikrofons</translation>
    </message>
    <message>
        <source>Places of the microphones</source>
        <translation>Plätze der Mikrofone</translation>
    </message>
    <message>
        <source>Applications that are never kept</source>
        <translation>Anwendungen, die nie behalten werden</translation>
    </message>
    <message>
        <source>Titles of windows that are never kept</source>
        <translation>Titel von Fenstern, die nie behalten werden</translation>
    </message>
    <message>
        <source>Addresses that are never kept</source>
        <translation>Adressen, die nie behalten werden</translation>
    </message>
    <message>
        <source>When it is not known where the computer is</source>
        <translation>Wenn nicht bekannt ist, wo der Rechner ist</translation>
    </message>
    <message>
        <source>Room for pictures of the screen</source>
        <translation>Platz für Bilder des Bildschirms</translation>
    </message>
    <message>
        <source>Watched folders</source>
        <translation>Beobachtete Ordner</translation>
    </message>
    <message>
        <source>Closing the window while something is recorded</source>
        <translation>Das Fenster schließen, während etwas aufgenommen wird</translation>
    </message>
    <message>
        <source>Keys that work in every program</source>
        <translation>Tasten, die in jedem Programm gelten</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Benachrichtigungen</translation>
    </message>
    <message>
        <source>Light, dark or high contrast, or as the desktop has it.</source>
        <translation>Hell, dunkel oder hoher Kontrast, oder wie es der Schreibtisch hat.</translation>
    </message>
    <message>
        <source>Of the window. It takes effect at the next start.</source>
        <translation>Des Fensters. Gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>A voice that you name “me” gets this name. From the next start on.</source>
        <translation>Eine Stimme, die du „ich“ nennst, bekommt diesen Namen. Gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>In which times are read and shown, like Europe/Lisbon; empty is the computer’s. From the next start on.</source>
        <translation>In der Zeiten gelesen und gezeigt werden, wie Europe/Lisbon; leer ist die des Rechners. Gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>Which models listen, read and answer; see below what each needs. From the next start on.</source>
        <translation>Welche Modelle hören, lesen und antworten; unten steht, was jedes braucht. Gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>Most tokens of evidence that the language model reads for an answer: more is slower. From the next start on.</source>
        <translation>So viele Token an Belegen liest das Sprachmodell höchstens für eine Antwort: mehr ist langsamer. Gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>Seconds without use; the next use loads them again. From the next start on.</source>
        <translation>Sekunden ohne Gebrauch; der nächste Gebrauch lädt sie wieder. Gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>While nobody needs the computer, the language model names events in words of their moments. It stops when you come back.</source>
        <translation>Während niemand den Computer braucht, benennt das Sprachmodell Ereignisse mit Worten aus ihren Momenten. Es hört auf, sobald jemand zurückkommt.</translation>
    </message>
    <message>
        <source>What becomes of an array recording’s channels once its directions are separated. The directions and the mixed sound always stay.</source>
        <translation>Was aus den Kanälen einer Mikrofonanordnung wird, sobald ihre Richtungen getrennt sind. Die Richtungen und der gemischte Ton bleiben immer.</translation>
    </message>
    <message>
        <source>What was recorded with last; empty is the system’s own choice.</source>
        <translation>Womit zuletzt aufgenommen wurde; leer ist die Wahl des Systems.</translation>
    </message>
    <message>
        <source>How many of them are recorded; 0 leaves it to the program.</source>
        <translation>Wie viele davon aufgenommen werden; 0 überlässt es dem Programm.</translation>
    </message>
    <message>
        <source>A preset’s name or a geometry as JSON; empty where it is not known. The bar above sets it when you record.</source>
        <translation>Der Name einer Vorlage oder eine Geometrie als JSON; leer, wo sie nicht bekannt ist. Die Leiste oben setzt es, wenn du aufnimmst.</translation>
    </message>
    <message>
        <source>Parts of names with semicolons between them. No picture is kept while one can be seen; private windows of browsers and Madeleine itself never are.</source>
        <translation>Teile von Namen, mit Semikolons dazwischen. Kein Bild wird behalten, solange eine davon zu sehen ist; private Fenster von Browsern und Madeleine selbst nie.</translation>
    </message>
    <message>
        <source>Parts of titles with semicolons between them, like payroll; diary.</source>
        <translation>Teile von Titeln, mit Semikolons dazwischen, wie Gehalt; Tagebuch.</translation>
    </message>
    <message>
        <source>Parts of addresses, like bank.example. An address is known once a picture was read: until then the picture lies on the disk, then it is deleted.</source>
        <translation>Teile von Adressen, wie bank.example. Eine Adresse ist bekannt, sobald ein Bild gelesen wurde: bis dahin liegt das Bild auf der Festplatte, dann wird es gelöscht.</translation>
    </message>
    <message>
        <source>Counts while there are places where nothing is kept and which a wireless network tells; a cable or a hotspot tells none.</source>
        <translation>Gilt, solange es Orte gibt, an denen nichts behalten wird und die ein Funknetz verrät; ein Kabel oder ein Hotspot verrät keinen.</translation>
    </message>
    <message>
        <source>When it is full the oldest pictures go; their words stay and are found.</source>
        <translation>Ist er voll, gehen die ältesten Bilder; ihre Worte bleiben und werden gefunden.</translation>
    </message>
    <message>
        <source>What comes into them is imported while this window is open.</source>
        <translation>Was in sie kommt, wird importiert, solange dieses Fenster offen ist.</translation>
    </message>
    <message>
        <source>Ends the recording, or lets it go on with a sign in the tray.</source>
        <translation>Beendet die Aufnahme, oder lässt sie mit einem Zeichen im Benachrichtigungsfeld weitergehen.</translation>
    </message>
    <message>
        <source>Whether the desktop tells what happens while the window is not in front.</source>
        <translation>Ob der Schreibtisch sagt, was geschieht, während das Fenster nicht vorn ist.</translation>
    </message>
    <message>
        <source>Ctrl+Alt+M remembers this, Ctrl+Alt+P pauses for 15 minutes or goes on. A Wayland desktop asks first, and may give other keys: F1 shows them.</source>
        <translation>Strg+Alt+M merkt sich das, Strg+Alt+P pausiert 15 Minuten oder macht weiter. Ein Wayland-Schreibtisch fragt zuerst und gibt vielleicht andere Tasten: F1 zeigt sie.</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>Wie der Schreibtisch</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>High contrast, light</source>
        <translation>Hoher Kontrast, hell</translation>
    </message>
    <message>
        <source>High contrast, dark</source>
        <translation>Hoher Kontrast, dunkel</translation>
    </message>
    <message>
        <source>default: works everywhere</source>
        <translation>default: läuft überall</translation>
    </message>
    <message>
        <source>larger: better, slower, needs the model hub once</source>
        <translation>larger: besser, langsamer, braucht einmal das Modellverzeichnis</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>On mains power</source>
        <translation>Am Stromnetz</translation>
    </message>
    <message>
        <source>On battery too</source>
        <translation>Auch im Akkubetrieb</translation>
    </message>
    <message>
        <source>Record nothing</source>
        <translation>Nichts aufnehmen</translation>
    </message>
    <message>
        <source>Record as elsewhere</source>
        <translation>Aufnehmen wie anderswo</translation>
    </message>
    <message>
        <source>On</source>
        <translation>An</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Ask me</source>
        <translation>Mich fragen</translation>
    </message>
    <message>
        <source>Ends it</source>
        <translation>Beendet sie</translation>
    </message>
    <message>
        <source>Goes on in the tray</source>
        <translation>Geht im Benachrichtigungsfeld weiter</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Let go at once</source>
        <translation>Sofort gehen lassen</translation>
    </message>
    <message>
        <source>Keep for {n} days</source>
        <translation>{n} Tage behalten</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source> tokens</source>
        <translation> Token</translation>
    </message>
    <message>
        <source> GB</source>
        <translation> GB</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
</context>
<context>
    <name>storage</name>
    <message>
        <source>Keep only the directions and the mixed sound of recordings that are separated?</source>
        <translation>Von getrennten Aufnahmen nur die Richtungen und den gemischten Ton behalten?</translation>
    </message>
    <message>
        <source>The sound of each single microphone goes then, and cannot be brought back.</source>
        <translation>Der Ton jedes einzelnen Mikrofons geht dann und kann nicht zurückgeholt werden.</translation>
    </message>
    <message>
        <source>The sound of each single microphone goes after {n} days, and cannot be brought back.</source>
        <translation>Der Ton jedes einzelnen Mikrofons geht nach {n} Tagen und kann nicht zurückgeholt werden.</translation>
    </message>
    <message>
        <source>Sound of each microphone</source>
        <translation>Ton jedes Mikrofons</translation>
    </message>
    <message>
        <source>Sound of each direction</source>
        <translation>Ton jeder Richtung</translation>
    </message>
    <message>
        <source>Other recordings</source>
        <translation>Andere Aufnahmen</translation>
    </message>
    <message>
        <source>Pictures of the screen</source>
        <translation>Bilder des Bildschirms</translation>
    </message>
    <message>
        <source>Photos and imported screenshots</source>
        <translation>Fotos und importierte Bildschirmfotos</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>Videos</translation>
    </message>
    <message>
        <source>Previews</source>
        <translation>Vorschaubilder</translation>
    </message>
    <message>
        <source>Words and their index</source>
        <translation>Worte und ihr Verzeichnis</translation>
    </message>
    <message>
        <source>Vectors, for finding by meaning</source>
        <translation>Vektoren, um nach Bedeutung zu finden</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>Sicherungen</translation>
    </message>
    <message>
        <source>Notes and other files</source>
        <translation>Notizen und andere Dateien</translation>
    </message>
    <message>
        <source>This memory takes {size}. {free} are free on its disk.</source>
        <translation>Dieses Gedächtnis braucht {size}. {free} sind auf seiner Festplatte frei.</translation>
    </message>
    <message>
        <source>The last 30 days have brought nothing.</source>
        <translation>Die letzten 30 Tage haben nichts gebracht.</translation>
    </message>
    <message>
        <source>At the pace of the last day, a month costs about {size}.</source>
        <translation>Im Tempo des letzten Tages kostet ein Monat etwa {size}.</translation>
    </message>
    <message>
        <source>At the pace of the last {n} days, a month costs about {size}.</source>
        <translation>Im Tempo der letzten {n} Tage kostet ein Monat etwa {size}.</translation>
    </message>
    <message>
        <source>Pictures of the screen use {used} of the {budget} they may take.</source>
        <translation>Bilder des Bildschirms belegen {used} von den {budget}, die sie belegen dürfen.</translation>
    </message>
    <message>
        <source>Pictures of the screen within {budget} GB: frees {size}, their words stay.</source>
        <translation>Bilder des Bildschirms auf {budget} GB begrenzt: macht {size} frei, ihre Worte bleiben.</translation>
    </message>
    <message>
        <source>Sound of each microphone let go once it is separated: frees up to {size}.</source>
        <translation>Ton jedes Mikrofons nach dem Trennen gehen lassen: macht bis zu {size} frei.</translation>
    </message>
    <message>
        <source>Sound of each microphone kept for 30 days only: frees up to {size}.</source>
        <translation>Ton jedes Mikrofons nur 30 Tage behalten: macht bis zu {size} frei.</translation>
    </message>
</context>
<context>
    <name>timeline</name>
    <message>
        <source>Click to look closer</source>
        <translation>Klicke, um genauer hinzusehen</translation>
    </message>
    <message>
        <source>Nothing was recorded</source>
        <translation>Nichts wurde aufgenommen</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Voices</source>
        <translation>Stimmen</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>Bildschirm</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>Weitere</translation>
    </message>
    <message>
        <source>A voice</source>
        <translation>Eine Stimme</translation>
    </message>
    <message>
        <source>Voice {n}</source>
        <translation>Stimme {n}</translation>
    </message>
    <message>
        <source>{n} in {lane}</source>
        <translation>{n} in {lane}</translation>
    </message>
    <message>
        <source>Journey: {title}</source>
        <translation>Reise: {title}</translation>
    </message>
    <message>
        <source>Event: {title}, {at}, {length}</source>
        <translation>Ereignis: {title}, {at}, {length}</translation>
    </message>
    <message>
        <source>{n} versions</source>
        <translation>{n} Fassungen</translation>
    </message>
    <message>
        <source>Not recorded ({source}): {reason}, {when}</source>
        <translation>Nicht aufgenommen ({source}): {reason}, {when}</translation>
    </message>
    <message>
        <source>1 moment in sight</source>
        <translation>1 Moment zu sehen</translation>
    </message>
    <message>
        <source>{n} moments in sight</source>
        <translation>{n} Momente zu sehen</translation>
    </message>
    <message>
        <source>no</source>
        <translation>keine</translation>
    </message>
</context>
<context>
    <name>told</name>
    <message>
        <source>There is no file or folder “{name}”.</source>
        <translation>Es gibt keine Datei und keinen Ordner „{name}“.</translation>
    </message>
    <message>
        <source>Look where the link points.</source>
        <translation>Sieh nach, wohin die Verknüpfung zeigt.</translation>
    </message>
    <message>
        <source>Check the spelling of the path.</source>
        <translation>Prüfe, ob der Pfad richtig geschrieben ist.</translation>
    </message>
    <message>
        <source>“{name}” cannot be looked at: {reason}.</source>
        <translation>„{name}“ kann nicht angesehen werden: {reason}.</translation>
    </message>
    <message>
        <source>Check its permissions.</source>
        <translation>Prüfe die Zugriffsrechte.</translation>
    </message>
    <message>
        <source>“{name}” is not a file but a device.</source>
        <translation>„{name}“ ist keine Datei, sondern ein Gerät.</translation>
    </message>
    <message>
        <source>“{name}” is not a file but a folder.</source>
        <translation>„{name}“ ist keine Datei, sondern ein Ordner.</translation>
    </message>
    <message>
        <source>“{name}” is not a file but a pipe.</source>
        <translation>„{name}“ ist keine Datei, sondern eine Pipe.</translation>
    </message>
    <message>
        <source>“{name}” is not a file but a socket.</source>
        <translation>„{name}“ ist keine Datei, sondern ein Socket.</translation>
    </message>
    <message>
        <source>Leave it out of the import.</source>
        <translation>Lass es beim Import weg.</translation>
    </message>
    <message>
        <source>Leave it out.</source>
        <translation>Lass sie weg.</translation>
    </message>
    <message>
        <source>The folder “{name}” cannot be opened: {reason}.</source>
        <translation>Der Ordner „{name}“ kann nicht geöffnet werden: {reason}.</translation>
    </message>
    <message>
        <source>“{name}” is empty (0 bytes).</source>
        <translation>„{name}“ ist leer (0 Byte).</translation>
    </message>
    <message>
        <source>Record or save it again, or leave it out.</source>
        <translation>Nimm sie neu auf oder speichere sie noch einmal, oder lass sie weg.</translation>
    </message>
    <message>
        <source>“{name}” is larger than {n} GiB.</source>
        <translation>„{name}“ ist größer als {n} GiB.</translation>
    </message>
    <message>
        <source>Cut it into smaller files.</source>
        <translation>Zerlege sie in kleinere Dateien.</translation>
    </message>
    <message>
        <source>“{name}” cannot be read: {reason}.</source>
        <translation>„{name}“ kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>Check its permissions and the disk it lies on.</source>
        <translation>Prüfe die Zugriffsrechte und das Laufwerk, auf dem sie liegt.</translation>
    </message>
    <message>
        <source>“{name}” is named {suffix} but holds {why}.</source>
        <translation>„{name}“ heißt {suffix}, enthält aber {why}.</translation>
    </message>
    <message>
        <source>“{name}” holds {why}, which Madeleine does not take as a memory.</source>
        <translation>„{name}“ enthält {why}; das nimmt Madeleine nicht als Erinnerung an.</translation>
    </message>
    <message>
        <source>Export its pages as pictures or text, or leave it out.</source>
        <translation>Exportiere die Seiten als Bilder oder Text, oder lass sie weg.</translation>
    </message>
    <message>
        <source>“{name}” holds nothing that Madeleine can read, although it is named {suffix}.</source>
        <translation>„{name}“ enthält nichts, was Madeleine lesen kann, obwohl sie {suffix} heißt.</translation>
    </message>
    <message>
        <source>“{name}” holds nothing that Madeleine can read.</source>
        <translation>„{name}“ enthält nichts, was Madeleine lesen kann.</translation>
    </message>
    <message>
        <source>It takes sound, video, pictures, text, calendars (.ics) and *.moments.jsonl; the file may be damaged.</source>
        <translation>Angenommen werden Ton, Video, Bilder, Text, Kalender (.ics) und *.moments.jsonl; vielleicht ist die Datei beschädigt.</translation>
    </message>
    <message>
        <source>Name notes .txt or .md and lists of moments .moments.jsonl, or leave it out.</source>
        <translation>Nenne Notizen .txt oder .md und Listen von Momenten .moments.jsonl, oder lass sie weg.</translation>
    </message>
    <message>
        <source>a PDF</source>
        <translation>ein PDF</translation>
    </message>
    <message>
        <source>a zip archive or an office document</source>
        <translation>ein Zip-Archiv oder ein Office-Dokument</translation>
    </message>
    <message>
        <source>a gzip archive</source>
        <translation>ein Gzip-Archiv</translation>
    </message>
    <message>
        <source>a 7-zip archive</source>
        <translation>ein 7-Zip-Archiv</translation>
    </message>
    <message>
        <source>a RAR archive</source>
        <translation>ein RAR-Archiv</translation>
    </message>
    <message>
        <source>a program</source>
        <translation>ein Programm</translation>
    </message>
    <message>
        <source>a database</source>
        <translation>eine Datenbank</translation>
    </message>
    <message>
        <source>an old office document</source>
        <translation>ein altes Office-Dokument</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>its name is not a path</source>
        <translation>der Name ist kein Pfad</translation>
    </message>
    <message>
        <source>unknown reason</source>
        <translation>Grund unbekannt</translation>
    </message>
    <message>
        <source>permission denied</source>
        <translation>Zugriff verweigert</translation>
    </message>
    <message>
        <source>no such file or directory</source>
        <translation>nicht mehr da</translation>
    </message>
    <message>
        <source>input/output error</source>
        <translation>Fehler beim Lesen des Laufwerks</translation>
    </message>
    <message>
        <source>file name too long</source>
        <translation>der Name ist zu lang</translation>
    </message>
    <message>
        <source>too many levels of symbolic links</source>
        <translation>zu viele Verknüpfungen hintereinander</translation>
    </message>
    <message>
        <source>stale file handle</source>
        <translation>das Laufwerk im Netz ist nicht mehr erreichbar</translation>
    </message>
    <message>
        <source>“{name}” cannot be read to its end: {reason}.</source>
        <translation>„{name}“ kann nicht bis zum Ende gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>the disk it lies on is damaged</source>
        <translation>das Laufwerk, auf dem sie liegt, ist beschädigt</translation>
    </message>
    <message>
        <source>Copy it anew.</source>
        <translation>Kopiere sie neu.</translation>
    </message>
    <message>
        <source>“{name}” changed while it was read.</source>
        <translation>„{name}“ hat sich beim Lesen geändert.</translation>
    </message>
    <message>
        <source>Import it again when it is finished.</source>
        <translation>Importiere sie noch einmal, wenn sie fertig ist.</translation>
    </message>
    <message>
        <source>“{name}” is too large for a calendar.</source>
        <translation>„{name}“ ist zu groß für einen Kalender.</translation>
    </message>
    <message>
        <source>Export a shorter span of it.</source>
        <translation>Exportiere einen kürzeren Zeitraum daraus.</translation>
    </message>
    <message>
        <source>“{name}” holds no appointments.</source>
        <translation>„{name}“ enthält keine Termine.</translation>
    </message>
    <message>
        <source>Export the calendar again as .ics.</source>
        <translation>Exportiere den Kalender noch einmal als .ics.</translation>
    </message>
    <message>
        <source>“{name}” holds no sound that can be decoded.</source>
        <translation>„{name}“ enthält keinen Ton, der sich entschlüsseln lässt.</translation>
    </message>
    <message>
        <source>“{name}” holds a video without sound.</source>
        <translation>„{name}“ enthält ein Video ohne Ton.</translation>
    </message>
    <message>
        <source>“{name}” holds no sound.</source>
        <translation>„{name}“ enthält keinen Ton.</translation>
    </message>
    <message>
        <source>Its picture may be kept as a video; there is nothing to hear.</source>
        <translation>Das Bild kann als Video behalten werden; zu hören gibt es nichts.</translation>
    </message>
    <message>
        <source>“{name}” holds sound in a form that cannot be decoded.</source>
        <translation>„{name}“ enthält Ton in einer Form, die sich nicht entschlüsseln lässt.</translation>
    </message>
    <message>
        <source>Export it as WAV, FLAC or MP3.</source>
        <translation>Exportiere sie als WAV, FLAC oder MP3.</translation>
    </message>
    <message>
        <source>“{name}” is damaged: no sound could be read from it.</source>
        <translation>„{name}“ ist beschädigt: Es war kein Ton daraus zu lesen.</translation>
    </message>
    <message>
        <source>Play it elsewhere to see whether it is whole.</source>
        <translation>Spiel sie anderswo ab, um zu sehen, ob sie heil ist.</translation>
    </message>
    <message>
        <source>“{name}” claims {n} channels at {rate} samples a second; its header is damaged.</source>
        <translation>„{name}“ nennt {n} Kanäle mit {rate} Abtastwerten in der Sekunde; ihr Kopf ist beschädigt.</translation>
    </message>
    <message>
        <source>Export it again as WAV or FLAC.</source>
        <translation>Exportiere sie noch einmal als WAV oder FLAC.</translation>
    </message>
    <message>
        <source>“{name}” says it has {n} channels; at most {most} are taken.</source>
        <translation>„{name}“ hat nach eigener Angabe {n} Kanäle; angenommen werden höchstens {most}.</translation>
    </message>
    <message>
        <source>Export the channels you need, or check whether its header is damaged.</source>
        <translation>Exportiere die Kanäle, die du brauchst, oder prüfe, ob ihr Kopf beschädigt ist.</translation>
    </message>
    <message>
        <source>“{name}” {why}.</source>
        <translation>„{name}“ {why}.</translation>
    </message>
    <message>
        <source>holds no picture that can be shown</source>
        <translation>enthält kein Bild, das sich zeigen lässt</translation>
    </message>
    <message>
        <source>is damaged: no picture could be read from it</source>
        <translation>ist beschädigt: Es war kein Bild daraus zu lesen</translation>
    </message>
    <message>
        <source>is a kind of picture that is not taken ({kind})</source>
        <translation>ist eine Art von Bild, die nicht angenommen wird ({kind})</translation>
    </message>
    <message>
        <source>says it is {width} x {height} pixels, more than the {n} million that are opened</source>
        <translation>hat nach eigener Angabe {width} x {height} Pixel, mehr als die {n} Millionen, die geöffnet werden</translation>
    </message>
    <message>
        <source>is damaged: no part of the picture could be read</source>
        <translation>ist beschädigt: Kein Teil des Bildes war zu lesen</translation>
    </message>
    <message>
        <source>holds no picture that can be decoded</source>
        <translation>enthält kein Bild, das sich entschlüsseln lässt</translation>
    </message>
    <message>
        <source>says its picture is {width} x {height} pixels, too large to open</source>
        <translation>nennt ein Bild von {width} x {height} Pixeln, zu groß zum Öffnen</translation>
    </message>
    <message>
        <source>could not be opened: it broke the reader of videos</source>
        <translation>konnte nicht geöffnet werden: Der Leser für Videos ging daran kaputt</translation>
    </message>
    <message>
        <source>“{name}” took too long to open and was given up.</source>
        <translation>„{name}“ zu öffnen dauerte zu lange und wurde aufgegeben.</translation>
    </message>
    <message>
        <source>Save it anew, or leave it out.</source>
        <translation>Speichere sie neu, oder lass sie weg.</translation>
    </message>
    <message>
        <source>“{name}” could not be opened: it broke the reader of pictures.</source>
        <translation>„{name}“ konnte nicht geöffnet werden: Der Leser für Bilder ging daran kaputt.</translation>
    </message>
    <message>
        <source>It may be damaged or hostile; save it anew, or leave it out.</source>
        <translation>Vielleicht ist sie beschädigt oder bösartig; speichere sie neu, oder lass sie weg.</translation>
    </message>
    <message>
        <source>Save it anew from the original, or leave it out.</source>
        <translation>Speichere sie vom Original neu, oder lass sie weg.</translation>
    </message>
    <message>
        <source>“{name}” has {n} channels, but “{array}” has {m} microphones.</source>
        <translation>„{name}“ hat {n} Kanäle, aber „{array}“ hat {m} Mikrofone.</translation>
    </message>
    <message>
        <source>Import it again with the right --array, or without one.</source>
        <translation>Importiere sie noch einmal mit der richtigen Anordnung (--array), oder ohne.</translation>
    </message>
    <message>
        <source>What was separated from “{name}” cannot be read any more.</source>
        <translation>Was aus „{name}“ getrennt wurde, kann nicht mehr gelesen werden.</translation>
    </message>
    <message>
        <source>Forget it and import it again.</source>
        <translation>Vergiss sie und importiere sie noch einmal.</translation>
    </message>
    <message>
        <source>The recording ends before what was separated from it.</source>
        <translation>Die Aufnahme endet vor dem, was aus ihr getrennt wurde.</translation>
    </message>
    <message>
        <source>“{name}” is longer than {n} MiB of text.</source>
        <translation>„{name}“ ist länger als {n} MiB Text.</translation>
    </message>
    <message>
        <source>Cut it into chapters, or leave it out.</source>
        <translation>Zerlege sie in Kapitel, oder lass sie weg.</translation>
    </message>
    <message>
        <source>“{name}” holds no words.</source>
        <translation>„{name}“ enthält keine Wörter.</translation>
    </message>
    <message>
        <source>“{name}” holds no moments. {reason}</source>
        <translation>„{name}“ enthält keine Momente. {reason}</translation>
    </message>
    <message>
        <source>Each line must be one JSON object.</source>
        <translation>Jede Zeile muss ein JSON-Objekt sein.</translation>
    </message>
    <message>
        <source>Line {n}: {why}.</source>
        <translation>Zeile {n}: {why}.</translation>
    </message>
    <message>
        <source>{n} more lines are wrong.</source>
        <translation>{n} weitere Zeilen sind falsch.</translation>
    </message>
    <message>
        <source>it is longer than {n} MiB</source>
        <translation>sie ist länger als {n} MiB</translation>
    </message>
    <message>
        <source>it is not UTF-8</source>
        <translation>sie ist nicht UTF-8</translation>
    </message>
    <message>
        <source>it is not JSON</source>
        <translation>sie ist kein JSON</translation>
    </message>
    <message>
        <source>it is not a JSON object</source>
        <translation>sie ist kein JSON-Objekt</translation>
    </message>
    <message>
        <source>“kind” must be “utterance” or “note”</source>
        <translation>„kind“ muss „utterance“ oder „note“ sein</translation>
    </message>
    <message>
        <source>“text” is missing or empty</source>
        <translation>„text“ fehlt oder ist leer</translation>
    </message>
    <message>
        <source>“ended_at” is before “started_at”</source>
        <translation>„ended_at“ liegt vor „started_at“</translation>
    </message>
    <message>
        <source>“{key}” must be text</source>
        <translation>„{key}“ muss Text sein</translation>
    </message>
    <message>
        <source>“{key}” holds half of a character</source>
        <translation>„{key}“ enthält ein halbes Zeichen</translation>
    </message>
    <message>
        <source>“{key}” is missing</source>
        <translation>„{key}“ fehlt</translation>
    </message>
    <message>
        <source>“{key}” must be a time like 2026-11-20T14:03:05+01:00</source>
        <translation>„{key}“ muss eine Zeit sein wie 2026-11-20T14:03:05+01:00</translation>
    </message>
    <message>
        <source>“{key}” is not a time like 2026-11-20T14:03:05+01:00</source>
        <translation>„{key}“ ist keine Zeit wie 2026-11-20T14:03:05+01:00</translation>
    </message>
    <message>
        <source>“{key}” has no offset (write +01:00 or Z behind it)</source>
        <translation>„{key}“ hat keinen Abstand zur Weltzeit (schreib +01:00 oder Z dahinter)</translation>
    </message>
    <message>
        <source>“{key}” is outside of the calendar</source>
        <translation>„{key}“ liegt außerhalb des Kalenders</translation>
    </message>
    <message>
        <source>“{name}” stopped Madeleine {n} times and was set aside.</source>
        <translation>„{name}“ hat Madeleine {n}-mal angehalten und wurde beiseitegelegt.</translation>
    </message>
    <message>
        <source>It is kept. Import it again to try once more; if it fails again, report it.</source>
        <translation>Sie ist aufbewahrt. Importiere sie noch einmal; wenn es wieder misslingt, melde es.</translation>
    </message>
    <message>
        <source>The kept copy of “{name}” is gone.</source>
        <translation>Die aufbewahrte Kopie von „{name}“ ist nicht mehr da.</translation>
    </message>
    <message>
        <source>Import the file again.</source>
        <translation>Importiere die Datei noch einmal.</translation>
    </message>
    <message>
        <source>This file was begun by another version of Madeleine.</source>
        <translation>Diese Datei wurde von einer anderen Version von Madeleine begonnen.</translation>
    </message>
    <message>
        <source>Import it again.</source>
        <translation>Importiere sie noch einmal.</translation>
    </message>
    <message>
        <source>“{name}” could not be understood: {reason}</source>
        <translation>„{name}“ konnte nicht verstanden werden: {reason}</translation>
    </message>
    <message>
        <source>an unexpected error ({kind})</source>
        <translation>ein unerwarteter Fehler ({kind})</translation>
    </message>
    <message>
        <source>It can be found by words and time, not yet by meaning. {reason}</source>
        <translation>Sie ist über Wörter und Zeit zu finden, noch nicht über die Bedeutung. {reason}</translation>
    </message>
    <message>
        <source>It can be found by words and time, not yet by meaning.</source>
        <translation>Sie ist über Wörter und Zeit zu finden, noch nicht über die Bedeutung.</translation>
    </message>
    <message>
        <source>It is kept and waits for {model}.</source>
        <translation>Sie ist aufbewahrt und wartet auf {model}.</translation>
    </message>
    <message>
        <source>Run `madeleine models pull`.</source>
        <translation>Führe „madeleine models pull“ aus.</translation>
    </message>
    <message>
        <source>The picture is not kept.</source>
        <translation>Das Bild ist nicht aufbewahrt.</translation>
    </message>
    <message>
        <source>A recording could not be brought in ({kind}).</source>
        <translation>Eine Aufnahme konnte nicht übernommen werden ({kind}).</translation>
    </message>
    <message>
        <source>It is kept.</source>
        <translation>Sie ist aufbewahrt.</translation>
    </message>
    <message>
        <source>It is tried again at the next start.</source>
        <translation>Beim nächsten Start wird es noch einmal versucht.</translation>
    </message>
    <message>
        <source>“{name}” holds a picture, not a voice.</source>
        <translation>„{name}“ enthält ein Bild, keine Stimme.</translation>
    </message>
    <message>
        <source>“{name}” holds text, not a voice.</source>
        <translation>„{name}“ enthält Text, keine Stimme.</translation>
    </message>
    <message>
        <source>“{name}” holds a list of moments, not a voice.</source>
        <translation>„{name}“ enthält eine Liste von Momenten, keine Stimme.</translation>
    </message>
    <message>
        <source>“{name}” holds a calendar, not a voice.</source>
        <translation>„{name}“ enthält einen Kalender, keine Stimme.</translation>
    </message>
    <message>
        <source>Record about twenty seconds of one person who speaks alone, without music.</source>
        <translation>Nimm etwa zwanzig Sekunden von einem Menschen auf, der allein spricht, ohne Musik.</translation>
    </message>
    <message>
        <source>“{name}” holds {n} s of speech, too little to know a voice by.</source>
        <translation>„{name}“ enthält {n} s Sprache, zu wenig, um eine Stimme daran zu erkennen.</translation>
    </message>
    <message>
        <source>“{name}” holds {n} s of speech, too little to know a voice by ({reason}).</source>
        <translation>„{name}“ enthält {n} s Sprache, zu wenig, um eine Stimme daran zu erkennen ({reason}).</translation>
    </message>
    <message>
        <source>“{name}” holds no speech.</source>
        <translation>„{name}“ enthält keine Sprache.</translation>
    </message>
    <message>
        <source>“{name}” holds no speech ({reason}).</source>
        <translation>„{name}“ enthält keine Sprache ({reason}).</translation>
    </message>
    <message>
        <source>More than one person seems to speak in “{name}”.</source>
        <translation>In „{name}“ scheint mehr als ein Mensch zu sprechen.</translation>
    </message>
    <message>
        <source>Record the person alone and try again.</source>
        <translation>Nimm die Person allein auf und versuch es noch einmal.</translation>
    </message>
    <message>
        <source>“{name}” is too large to be the geometry of an array.</source>
        <translation>„{name}“ ist zu groß für die Maße einer Anordnung von Mikrofonen.</translation>
    </message>
    <message>
        <source>It looks like {example}, one microphone a channel, in metres.</source>
        <translation>Sie sieht so aus: {example}, ein Mikrofon je Kanal, in Metern.</translation>
    </message>
    <message>
        <source>There is no array preset and no file “{name}”.</source>
        <translation>Es gibt weder eine Vorlage noch eine Datei „{name}“.</translation>
    </message>
    <message>
        <source>Presets: {names}.</source>
        <translation>Vorlagen: {names}.</translation>
    </message>
    <message>
        <source>“{name}” cannot be read as the geometry of an array.</source>
        <translation>„{name}“ kann nicht als Maße einer Anordnung von Mikrofonen gelesen werden.</translation>
    </message>
    <message>
        <source>The geometry “{name}” has no list of positions in metres.</source>
        <translation>Die Anordnung „{name}“ hat keine Liste von Orten in Metern.</translation>
    </message>
    <message>
        <source>The geometry “{name}” has {n} microphones.</source>
        <translation>Die Anordnung „{name}“ hat {n} Mikrofone.</translation>
    </message>
    <message>
        <source>The geometry “{name}” puts two microphones at one place.</source>
        <translation>Die Anordnung „{name}“ setzt zwei Mikrofone an einen Ort.</translation>
    </message>
    <message>
        <source>A place needs a name of 1 to 100 letters.</source>
        <translation>Ein Ort braucht einen Namen von 1 bis 100 Buchstaben.</translation>
    </message>
    <message>
        <source>Like: places add Home 52.52 13.40</source>
        <translation>Zum Beispiel: places add Home 52.52 13.40</translation>
    </message>
    <message>
        <source>{lat}, {lon} is nowhere on Earth.</source>
        <translation>{lat}, {lon} liegt nirgends auf der Erde.</translation>
    </message>
    <message>
        <source>Latitude is -90 to 90, longitude -180 to 180.</source>
        <translation>Die Breite geht von -90 bis 90, die Länge von -180 bis 180.</translation>
    </message>
    <message>
        <source>A radius of {n} m is no place.</source>
        <translation>Ein Umkreis von {n} m ist kein Ort.</translation>
    </message>
    <message>
        <source>Write 1 to {n} metres.</source>
        <translation>Schreib 1 bis {n} Meter.</translation>
    </message>
    <message>
        <source>A network is told by its name.</source>
        <translation>Ein Netz wird an seinem Namen erkannt.</translation>
    </message>
    <message>
        <source>Like: places exclude Clinic --network Clinic-Guest</source>
        <translation>Zum Beispiel: places exclude Clinic --network Clinic-Guest</translation>
    </message>
    <message>
        <source>The file of places {path} is not valid.</source>
        <translation>Die Datei der Orte {path} ist nicht gültig.</translation>
    </message>
    <message>
        <source>Correct it, or move it away.</source>
        <translation>Berichtige sie, oder verschiebe sie.</translation>
    </message>
    <message>
        <source>needs more memory than a video may take</source>
        <translation>braucht mehr Arbeitsspeicher, als ein Video darf</translation>
    </message>
    <message>
        <source>needs more memory than one picture may take</source>
        <translation>braucht mehr Arbeitsspeicher, als ein Bild darf</translation>
    </message>
</context>
<context>
    <name>tray</name>
    <message>
        <source>Incognito: nothing is kept</source>
        <translation>Inkognito: nichts wird behalten</translation>
    </message>
    <message>
        <source>Recording sound, keeping the screen</source>
        <translation>Ton wird aufgenommen, der Bildschirm wird behalten</translation>
    </message>
    <message>
        <source>Recording sound</source>
        <translation>Ton aufnehmen</translation>
    </message>
    <message>
        <source>Keeping the screen</source>
        <translation>Der Bildschirm wird behalten</translation>
    </message>
    <message>
        <source>Paused: nothing is kept</source>
        <translation>Pause: nichts wird behalten</translation>
    </message>
    <message>
        <source>Nothing is being recorded</source>
        <translation>Es wird nichts aufgenommen</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>when</source>
        <translation>wann</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>about {clock}</source>
        <translation>etwa {clock}</translation>
    </message>
    <message>
        <source>{city} time</source>
        <translation>Zeit von {city}</translation>
    </message>
    <message>
        <source>The picture did not say its time zone; yours was assumed.</source>
        <translation>Das Bild nannte seine Zeitzone nicht; deine wurde angenommen.</translation>
    </message>
    <message>
        <source>The video did not say its time zone; some cameras set it wrong.</source>
        <translation>Das Video nannte seine Zeitzone nicht; manche Kameras setzen sie falsch.</translation>
    </message>
    <message>
        <source>The time comes from the satellite stamp alone.</source>
        <translation>Die Zeit stammt allein vom Satellitenstempel.</translation>
    </message>
    <message>
        <source>The time was read from the file&apos;s name.</source>
        <translation>Die Zeit wurde aus dem Namen der Datei gelesen.</translation>
    </message>
    <message>
        <source>The time is that of the file: a guess.</source>
        <translation>Die Zeit ist die der Datei: eine Vermutung.</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>Stimme</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Screenshot</source>
        <translation>Bildschirmfoto</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>A voice</source>
        <translation>Eine Stimme</translation>
    </message>
    <message>
        <source>from {degrees}°</source>
        <translation>aus {degrees}°</translation>
    </message>
    <message>
        <source>a few seconds left</source>
        <translation>noch wenige Sekunden</translation>
    </message>
    <message>
        <source>about {n} seconds left</source>
        <translation>noch etwa {n} Sekunden</translation>
    </message>
    <message>
        <source>about a minute left</source>
        <translation>noch etwa eine Minute</translation>
    </message>
    <message>
        <source>about {n} minutes left</source>
        <translation>noch etwa {n} Minuten</translation>
    </message>
    <message>
        <source>about {n} hours left</source>
        <translation>noch etwa {n} Stunden</translation>
    </message>
    <message>
        <source>no moments</source>
        <translation>keine Momente</translation>
    </message>
    <message>
        <source>1 moment</source>
        <translation>1 Moment</translation>
    </message>
    <message>
        <source>{n} moments</source>
        <translation>{n} Momente</translation>
    </message>
    <message>
        <source>I don&apos;t know: nothing in the memory says this.</source>
        <translation>Ich weiß es nicht: nichts im Gedächtnis sagt das.</translation>
    </message>
    <message>
        <source>I don&apos;t know yet: an import is still being read.</source>
        <translation>Ich weiß es noch nicht: ein Import wird noch gelesen.</translation>
    </message>
    <message>
        <source>Ask again when it is done.</source>
        <translation>Frag wieder, wenn er fertig ist.</translation>
    </message>
    <message>
        <source>I don&apos;t know: nothing was recorded at that time.</source>
        <translation>Ich weiß es nicht: zu dieser Zeit wurde nichts aufgenommen.</translation>
    </message>
    <message>
        <source>Ask about another time, or import what you have of it.</source>
        <translation>Frag nach einer anderen Zeit, oder importiere, was du von ihr hast.</translation>
    </message>
    <message>
        <source>Ask in other words, or import what could tell it.</source>
        <translation>Vielleicht helfen andere Worte, oder es fehlt noch, was es sagen könnte.</translation>
    </message>
    <message>
        <source>The moments that come closest are listed as evidence.</source>
        <translation>Die Momente, die am nächsten kommen, stehen unter den Belegen.</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>Die Festplatte ist voll.</translation>
    </message>
    <message>
        <source>Make room and try again.</source>
        <translation>Schaffe Platz und versuche es noch einmal.</translation>
    </message>
    <message>
        <source>Something went wrong inside Madeleine.</source>
        <translation>In Madeleine ist etwas schiefgegangen.</translation>
    </message>
    <message>
        <source>Nothing that was kept is lost. The log says more ({name}).</source>
        <translation>Nichts, was behalten wurde, ist verloren. Das Protokoll sagt mehr ({name}).</translation>
    </message>
    <message>
        <source>Its words go. Its sound stays in the recording, which 1 other moment needs.</source>
        <translation>Seine Worte gehen. Sein Ton bleibt in der Aufnahme, die 1 anderer Moment braucht.</translation>
    </message>
    <message>
        <source>Its words go. Its sound stays in the recording, which {n} other moments need.</source>
        <translation>Seine Worte gehen. Sein Ton bleibt in der Aufnahme, die {n} andere Momente brauchen.</translation>
    </message>
    <message>
        <source>Its files go too ({size}).</source>
        <translation>Seine Dateien gehen mit ({size}).</translation>
    </message>
    <message>
        <source>{name} is known from this alone and goes too.</source>
        <translation>{name} ist nur daraus bekannt und geht mit.</translation>
    </message>
    <message>
        <source>So does what you corrected.</source>
        <translation>Ebenso, was du berichtigt hast.</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first} bis {last}</translation>
    </message>
    <message>
        <source>since {first}</source>
        <translation>seit {first}</translation>
    </message>
    <message>
        <source>until {last}</source>
        <translation>bis {last}</translation>
    </message>
    <message>
        <source>not</source>
        <translation>nicht</translation>
    </message>
    <message>
        <source>nothing then, so any time</source>
        <translation>dann nichts, also jederzeit</translation>
    </message>
    <message>
        <source>who</source>
        <translation>wer</translation>
    </message>
    <message>
        <source>where</source>
        <translation>wo</translation>
    </message>
    <message>
        <source>app</source>
        <translation>App</translation>
    </message>
    <message>
        <source>kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>asked</source>
        <translation>gefragt</translation>
    </message>
    <message>
        <source>the first time</source>
        <translation>das erste Mal</translation>
    </message>
    <message>
        <source>the last time</source>
        <translation>das letzte Mal</translation>
    </message>
    <message>
        <source>which came first</source>
        <translation>was zuerst kam</translation>
    </message>
    <message>
        <source>how long ago</source>
        <translation>wie lange her</translation>
    </message>
    <message>
        <source>how long between</source>
        <translation>wie lange dazwischen</translation>
    </message>
    <message>
        <source>how often</source>
        <translation>wie oft</translation>
    </message>
    <message>
        <source>all of them</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>It was taken back that the microphone may be recorded.</source>
        <translation>Die Erlaubnis, das Mikrofon aufzunehmen, wurde zurückgenommen.</translation>
    </message>
    <message>
        <source>It was taken back that the screen may be kept.</source>
        <translation>Die Erlaubnis, den Bildschirm zu behalten, wurde zurückgenommen.</translation>
    </message>
    <message>
        <source>Nothing more of it is kept. What was kept before stays.</source>
        <translation>Davon wird nichts mehr behalten. Was vorher behalten wurde, bleibt.</translation>
    </message>
</context>
</TS>
