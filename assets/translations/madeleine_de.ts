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
        <source>Ask your memory</source>
        <translation>Frag dein Gedächtnis</translation>
    </message>
    <message>
        <source>Ask: {question}</source>
        <translation>Fragen: {question}</translation>
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
    <name>AskPage</name>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Search, or ask a question and press Enter</source>
        <translation>Suche, oder stelle eine Frage und drücke die Eingabetaste</translation>
    </message>
    <message>
        <source>Question or moment</source>
        <translation>Frage oder Moment</translation>
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
    <name>CardsList</name>
    <message>
        <source>Evidence</source>
        <translation>Belege</translation>
    </message>
    <message>
        <source>Enter opens a moment, Space plays it, Delete forgets it.</source>
        <translation>Eingabe öffnet einen Moment, Leertaste spielt ihn ab, Entf vergisst ihn.</translation>
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
        <source>Opening the memory…</source>
        <translation>Das Gedächtnis wird geöffnet…</translation>
    </message>
    <message>
        <source>You can type your question already.</source>
        <translation>Du kannst deine Frage schon eingeben.</translation>
    </message>
    <message>
        <source>Drop recordings, photos, screenshots or notes anywhere on this window, or choose them.</source>
        <translation>Lege Aufnahmen, Fotos, Bildschirmfotos oder Notizen irgendwo auf diesem Fenster ab, oder wähle sie aus.</translation>
    </message>
    <message>
        <source>Your memory is empty</source>
        <translation>Dein Gedächtnis ist leer</translation>
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
        <source>Remember this</source>
        <translation>Das merken</translation>
    </message>
    <message>
        <source>A note, if you like. It is kept with the screen behind this window.</source>
        <translation>Eine Notiz, wenn du magst. Sie wird mit dem Bildschirm hinter diesem Fenster behalten.</translation>
    </message>
    <message>
        <source>Remember</source>
        <translation>Merken</translation>
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
        <source>What did you follow? “the conversation about dogs”, “my talk with Anna at noon”…</source>
        <translation>Wem bist du gefolgt? „dem Gespräch über Hunde“, „meinem Gespräch mit Anna am Mittag“…</translation>
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
        <source>Back to the evidence</source>
        <translation>Zurück zu den Belegen</translation>
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
        <source>Page on show</source>
        <translation>Gezeigte Seite</translation>
    </message>
    <message>
        <source>{title} (Ctrl+{n})</source>
        <translation>{title} (Strg+{n})</translation>
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
        <source>Hold</source>
        <translation>Anhalten</translation>
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
    <message>
        <source>Back to the timeline</source>
        <translation>Zurück zur Zeitleiste</translation>
    </message>
    <message>
        <source>Timeline or moment</source>
        <translation>Zeitleiste oder Moment</translation>
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
        <source>Timeline or words</source>
        <translation>Zeitleiste oder Worte</translation>
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
        <source>Start or pages</source>
        <translation>Anfang oder Seiten</translation>
    </message>
    <message>
        <source>Remembered, but not all of the screen.</source>
        <translation>Gemerkt, aber nicht der ganze Bildschirm.</translation>
    </message>
    <message>
        <source>Keep only the directions and the mixed sound of recordings that are separated?</source>
        <translation>Von getrennten Aufnahmen nur die Richtungen und den gemischten Ton behalten?</translation>
    </message>
    <message>
        <source>The sound of each single microphone goes then, and cannot be brought back.</source>
        <translation>Der Ton jedes einzelnen Mikrofons geht dann und kann nicht zurückgeholt werden.</translation>
    </message>
    <message>
        <source>The sound of each single microphone goes after 30 days, and cannot be brought back.</source>
        <translation>Der Ton jedes einzelnen Mikrofons geht nach 30 Tagen und kann nicht zurückgeholt werden.</translation>
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
        <source>Sources</source>
        <translation>Quellen</translation>
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
        <source>Not everything could be written down</source>
        <translation>Nicht alles konnte aufgeschrieben werden</translation>
    </message>
    <message>
        <source>Written down: {moments}</source>
        <translation>Aufgeschrieben: {moments}</translation>
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
        <source>Find a command…</source>
        <translation>Einen Befehl finden…</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
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
    <name>import</name>
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
        <source>Event: {title}, {at}, {length}</source>
        <translation>Ereignis: {title}, {at}, {length}</translation>
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
</context>
</TS>
