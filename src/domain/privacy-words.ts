// The Dutch vocabulary of the privacy check, as data. Knows no rule; keys are lower case without accents.

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean));

/** First names that occur in Flemish schools. */
export const FIRST_NAMES = words(`
aaliyah aaron abdel abdelkarim abdellah abderrahim abdul abdulaziz abdullah abel abigail ada adam adelina adil adina
adrian adriana adriaan afra agata agnes agnieszka ahmad ahmed aicha aida aiden aimee aisha aissa ajla alain alan
albert aleksandra aleksander alessandro alessia alex alexander alexandra alexandre alexis alfons ali alia alice alicia
alina aline alisa alina alix aliyah alma alois altin alyssa amadou amal amalia amani amara amber ambre amelia amelie
amin amina amine aminata amira amir amiran amy ana anais anas anastasia anaya andre andrea andreas andrei andres an
anes angela angelina angelo anissa anita anja anke ann anna annabel annabelle anne anneke anneleen annelies annelore
annemie annick anniek annika anouk anthony antoine anton antonia antonio antoon anwar arda aria ariana arjen arlette
armin arne arno arnaud arthur artur arwen arya asma asmae astrid astou ata aubin audrey august auke aurelie aurora
ava axel axelle aya ayaan ayah ayan aylin ayman aymane ayla aynur ayoub ayse aysel aysha aziz aziza babette bader
bahar balder baptiste baran barbara bart bas bashir basil bastiaan bavo beatrice beau ben benedict benicio benjamin
benoit benthe bent berat berend berkay bernard berre bert bertrand bianca bibi bieke bilal birgit birte bjarne bjorn
bo bob bojana boris bouchra brahim bram branco brandon brecht brent brian brigitte britt bruno bryan burak camille
can carine carl carla carlos carmen caro carolien carolina caroline casper cas catharina cathy cecile cedric celeste
celia celine cem chaima charlie charlotte cheyenne chiara chloe chris christel christian christiane christina
christine christoph christophe ciel cindy cisse ciska claire clara clarisse claudia clea clemence colette colin connor
constance cor cora cornelis daan dafne dagmar daisy dalila damian damien dana daniel daniela danielle danny dante
daphne daria dario darko david davide davy dean debbie deborah delphine demi denis deniz dennis desire destiny dewi
diana didier diederik diego dieter dilan dimitri dina dirk djibril dominiek dominik dominique donovan dora doran
dorien doris dorothea dounia driss dries dylan ebrar eda eden eddy edgar edith eduard edward ela eleonora elena eleni
elias elif elina eline elio elisa elisabeth elise eliot elke ella ellen elliot eloise elodie els elsa elsie elvira
elvis elyas emanuel emiel emil emile emilia emilie emily emine emir emma emmanuel emmy emre enes enzo erica eric erik
erika erika erwin esma esra esmee estee estelle esther ethan eva evelien eveline evelyn evert evi evy ewa ewout
ezra fabian fabio fabrice fadila faisal fara farah fares farid farida faris fatiha fatih fatima fatimah fatma fatou
fay faye febe federico felicia felien felipe felix femke ferdinand ferhat ferre fien fikret filip filippa finn fiona
firas flo floor flor flora florence florian floris fons fran frances francesca francesco francis francisca franck
francois francine frank fred freddy frederic frederick frederik frederique freek freya frida frits gabriel
gabriela gabriella gaelle gaetan geert gerard gerda germaine gert ghislain gianni giel gijs gilles gino gita gloria
godelieve goedele gonca greet greta griet guido guillaume guillermo gunther gust gustaaf guus guy hadewych hadi hafsa
hailey hajar hakan hakim halima halil hamid hamza hana hania hanna hannah hanne hannelore hans harry harun hasan
hasna hassan hatice hayat hayley hedwig heidi helena helene helin hendrik henk henri henriette henry herman hicham
hilde hind houda hubert hugo huseyin hussein hussain ibe ibrahim ibtissam ida idris iebe ignace igor ihsan ikram
ikrame ilan ilana ilayda ilhan ilias ilona ilse ilyas ilyes imane imani imran inaya inbar ine ines inez inge ingeborg
ingrid inne ioana ion irena irene irina iris irma isa isaac isabel isabella isabelle isaiah isaura ishak isis islam
ismael ismail ivan ivana ivo iwona jaap jack jackson jacob jacqueline jacques jade jaden jago jairo jak jakob jakub
jala jalal jamal james jamie jamila jamilla jan jana janah janne jannes jarne jaro jarno jarre jasmijn jasmina jasmine
jason jasper javier jayden jaylen jean jeanine jeanne jef jeff jeffrey jelena jelle jen jenna jenne jennifer jenny
jens jente jeremy jeroen jerome jesper jesse jessica jessie jill jim jip jo joachim joana joanna jochem joelle joel
joep johan johanna johannes john johnny jolan jolien jolijn jonah jonas jonathan joni joost jordan jordi jordy jori
joris jorn jorre jort jos jose josee josefien josefina joseph josephine joshua joy joyce jozef jozefien juan jude
judith jules julia julian juliana julie julien juliette julius juno jur jurgen jurre jus justin justine juul kaan
kaat kadir kader kaja kai kamiel kamil kamila karel karen karim karima karin karina karl karla karlien karolien
karolina kaspar kasper kathleen kathy katja katleen katrien katrijn kato katarzyna kawtar kaya kaylee keano keanu
keira kelly kelvin ken kenan kenji kenneth kenny kenza kerim kevin khadija khadidja khalid khaled kiana kiara kim
kimberly kira kirsten klaas klara klaartje kleo klaudia koen kobe koenraad krista kristel kristien kristof krystian
krzysztof kubra kurt kyan kyana kyara kylian kyra laila lamia lamine lana lander lara lars larissa laura laure laurence
laurens laurent laurien lauren lauryn lea leah leander leen leila lena lenn lennart lenny lene lente leo leon leona
leonard leonardo leonie leonore leopold leslie leyla lia liam liana lidia lien lies liesbet liesbeth lieselot lieve
lieven lila lili lilia lilian lilly lily lilou lina linda linde lindsay lindsey line linn lio lise lisa lisanne lisbeth
lisette liv liva liya lize lizzy livia loes lode lodewijk logan loic lola lone lonneke lore loreley lorena lorenz
lorenzo loretta lotta lotte lou louanne louca louis louisa louise loubna lowie luc luca lucas lucia lucie lucien lucy
ludo ludovic luis luka lukas luke lukasz luna lut lutgard lux lyam lyana lydia lynn maaike maarten maartje mabel
maddy madeleine madelief mads mael maelle magali magda magdalena magnus mahmoud mahmut maite maja majda malak malik
malika malou mamadou manal manon manu manuel manuela mara marc marcel marcin marco marcos marcus margareta margaux
margo margot margriet maria mariam mariama mariana marianne marie marieke mariekje mariella marieke marijke marijn
marilou marin marina mario marion maris marit maritza marius marjan mark marko markus marleen marlies marlon marnix
marta marte martha marthe martijn martin martina martine marvin marwa marwan mary maryam marzena mason mateo mateusz
mathias mathieu mathijs mathilde mathis mathys mats matteo matthew matthias matthieu matthijs matti mattis mattias maud
maurice maurits mauro maurane max maxim maxime maximilian may maya mayra maysa medina meera megan mehdi mehmet melanie
melek melina melis melisa melissa melody melvin merel meriem merve meryem mia micha michael michal michel michele
michelle michiel mick mieke miel mien mihai mikail mike mikail mila milan milana milena milo milou mina minke mira
miranda mireille mirela miriam mirjam mirko mirre mirthe mo moana moh mohamad mohamed mohammad mohammed mohand moira
monica monika monique morad moritz mouad mounir mourad moussa muhammad muhammed muhammet murat musa mustafa mustapha
myla myriam myrthe nabil nada nadia nadine nadir naima najat najib nancy nand naomi nasser nasira natacha natalia
natalie natan natascha natasja nathalie nathan nathanael nawal nawel nayra nazim neal neda nel nele nelle nelson nena
neo nermin nesrine nia niamh nicholas nick nicky nico nicola nicolas nicole niel niels nienke nihal nijs nikita niko
nikolai nikolas nils nina nine nisa nisrine noa noah noe noel noemi noemie noor nora noortje nora norah norbert nordin
norma noud noura nour nuria nurten odette odin oguz olaf ole oleksandr olga olha oliver olivia olivier omar omer onno
onur oona ophelia orane orhan orlando oscar oskar osman otis otto ouassim oumaima oumar oussama owen pablo pamela
paola paolo pascal pascale patricia patrick patrik paul paula paulien paulina pauline pavel pawel pedro peggy pelin
penelope pepijn per petar peter petra philip philippe philippine phoebe pia piet pieter pieterjan pierre pim piotr
pippa pol polina priscilla quentin quincy quinn quinten raf rafael rafaela raisa rachel rachid rachida rafik rahma
rahim raissa ralph rami ramon ramona randy rania raoul raphael raquel rasmus raul rayan rayane raymond rayyan razan
rebecca redouan redouane reem regina reinaert reinhard reinhilde reinout remco remi remy ren renaat renate rene
renee renilde renzo rhune ria riad rian riccardo richard rick rihanna rik rita ritchie robbe robbert robby robert
roberto robin robrecht rocco rodrigo roel roeland roger roland romain roman romane romeo romina romy ronald ronny
rosa rosalia rosalie rosalind rosaline rosanne rose roselien roxane roxanne roy ruben ruby rudi rudolf rudy rukiye
rumeysa rune ruth ryan saar saartje saba sabah sabina sabine sabri sabrina safa safia safiya safae said saida salim
salima salma salman salome saloua sam sami samia samina samir samira samiya sammy samuel samy sanae sander sandra
sandrine sandy sanne santiago santino sara sarah saskia sascha scott sean sebastiaan sebastian sebastien sebe
sefa selena selim selin selina selma senna seppe serafina serena serge sergei sergio serife severine sevda sevgi
seyma shana shanaya shania shari sharon shauni sheila shirley siebe siem siemen sien sienna signe sigrid silke silvia
silvie simon simona simone sina sinan sinem sixtine skye sofia sofian sofiane sofie sofya soha sonia sonja sophia
sophie soraya souad soufian soufiane soukaina soulaimane staf stan stanislas stef stefaan stefan stefania stefanie
stella sten stephan stephanie stephane steve steven stien stig stijn suleyman suleiman sumaya suna susan susanne suus
suzanne sven svetlana svenja sven swa sybren sylvain sylvia sylvie tahir tamar tamara tamim tania tanja tara tarek
tarik tatiana tatjana tatum teo teodora tess tessa teun thalia theo theodoor theodora theresa therese thibau thibaud
thibault thibaut thibe thierry thijs thomas thor tia tibe tibo tibor tiago tiemen ties tijl tijmen tijs til tille tim
timo timothy timur tina tine tineke titus tobe tobias tom tomas tomasz tommy toni tonny tony toon tore torre tristan
trui tuana tugba tuur tyler tyson umut ursula usman ugur vadim valentijn valentin valentina valentino valeria valerie
vanessa vera vero veronica veronique vic vick victor victoria vik viktor viktoria vilja vince vincent viola violeta
violette virginie viviane vlad vladimir volkan waldo walid walter wannes ward warre warren wassim wendy werner wes
wesley wies wietse wiktor wilfried will willem william willy wim wing wito wiktoria wolf wolfgang wout wouter
xander xavi xavier yanis yann yanne yannick yannis yara yaro yaren yasin yasmin yasmina yasmine yasmin yassin yassine
yassir yentl yente yigit yilmaz yinthe ylana yllka yngwie yoann yoni youna younes youri youssef youssra yousra yuna
yuri yusra yussuf yusuf yves yvette yvonne zahra zain zaid zakaria zaki zara zayd zayn zeger zehra zeineb zekeriya
senne sennah arend aron bashar bayram beyza bilge busra chayma clarence corneel dagobert delano demir dinand djamila
dogan dorine douae eduardo edward ehsan ekin elhadj elyne emin enrique erdem erva estebe fabienne fadi fanny farouk
fatiha ferran filiz firdaws francien gaston gerlinde ghita gianna gokhan habiba hajer hajra halla hatim havin hayden
henok hiba hugues ilham ilhem imad inas ishaq ismet jaimie janick jarl jaouad jasmien jaylinn jelte jessy jorik jort
josje joudy jowan juliane junior juriaan kadija kamal karam karima karlijn kasia kasimir katelijne kenji kevser kiano
kilian kylie lamar lamyae laora lasse layla layan laziza leart lennie leonora lilya linus lisan loan lorin lucca ludwig
lukman lyes maelys magdaleen mahdi mahir maia malek mandy maram marah marlene marouane mathew mattia maximus medine
melik mert mervan merlijn meyra mikki mirac mohsin monir muna nabila nagat naim naoufal nassim nathaniel nelis nevin
nikki niyazi noam noella noham norbu nourdine nuno oktay omaima oskarina othman pauwel pelle quirine rabia rafiq rana
ranya rashid rawan redwan renske reza ridvan rinus rojda rosalyn saad saif salah salaheddine samet sarina sebnem sedef
sefanur semih senad serkan seydou shahid shayma sidney siham siyana smilla soraia soumaya sterre suhayb sultan tahsin
taha tayeb tea thiago thor tobiah tolga tristane tugce tunahan ulrike valerio vasilis vasile verena violaine wafa wail
wassila wiam wilma xenia yagmur yahya yakup yamina yael yasmien yassmine younous yunus yusra zacharie zainab zakariya
zarah zayneb zeliha zineb ziva zoran zoubir
roos storm mare jet sol thibo dragan dragos jayvion tyrese bentley mihaela ionela gheorghe mariatou ifeoma kwame kofi nkechi chidi
tenzin pema szilvia laszlo istvan zsofia zhenya oksana iryna svitlana mykola bohdan andriy yaroslav taras dmytro olena natalija milos nemanja
jovan luan arben besa blerta blerim edon ardit drita valon fatmir shqipe zamira madina aslan ruslan aminat islam hawa abdi ayaanle
hodan yonas selam hiwot mehret dawit samuele giulia luigi rocio ximena thiago beatriz joao tiago yasemin nazli hatun ozan tarkan
ferdi gul emirhan furkan yunus rukan rojin azad berivan dilara zilan sirwan hevin shilan aram narek anush tigran levon mariami nino giorgi
jonne fiene noud jits joppe lenthe bette bobbie pippa senn lewis harvey oakley mylan yoren
torben jannick yelle jelke jorne jannah maissa nisrin sirine rihab chahid douaa hidaya mayssa nourhane malika sajid shahzad iqra
zunaira ayat xiu haruto sakura priya arjun anjali rohan deepak lakshmi
veerle wiebe wannes yoran zita febe hilda jolanda leontien mariam jonna vincenzo sverre jorrit jelmer tibbe rani
zena zenab zeno zeynep zeyneb zion zita ziyad zjef zoe zofia zohra zoya zuhal zuzanna zuzana`);

/** First names that are also ordinary words: they count only with a capital. */
export const AMBIGUOUS_NAMES = words(`
an ann bas ben bent lars max trui elke tea rana sultan loan demir mare beau bo bob can cas ciel cor deniz eden eda els fay flo floor flor fons fran gent gust ida ine isa
islam jade jak jen jet jip jo joy jur jus ken lies line linde lise lone lore lou lux may mei merel mina
mo neo nine noor per pia pol ren ria rik roman rose roos rune sam scott sien sina sol staf stan ster storm ties til
till tine tore vera vic victoria viola ward warren wes will wing wolf zeger`);

/** Common family names, for names typed in lower case. */
export const SURNAMES = words(`
peeters janssens janssen maes jacobs willems mertens claes wouters goossens dubois lambert dupont martens vermeulen hermans
aerts michiels pauwels lemmens hendrickx smets segers coppens verhoeven leemans desmet declercq dewulf
devos desmedt debacker dewitte demeyer decock dewaele debruyn depauw deridder dierckx bogaerts bogaert verstraeten
verbeke verbruggen vermeersch vermeire verheyen verlinden verschueren vervoort vandamme vandenberghe vandenbroucke
vandevelde vandewalle vanderlinden vanhoutte vanneste vanacker vercammen vercauteren cools cuypers ceulemans christiaens
lauwers laenen luyten moens nijs nuyts raes roels rombouts saelens sels simons stevens stroobants sterckx
timmermans thys torfs vranken wauters wuyts yilmaz kaya demir celik sahin ozturk aydin arslan yildiz dogan kilic
benali bouzid bakkali haddad idrissi amrani amraoui ouali yousfi alaoui tahiri mansouri saidi hassan hussein ahmed
nguyen kowalski nowak ionescu popescu ivanov petrov kone traore diallo barry mbeki okafor ferreira santos garcia rossi`);

/** What follows "De", "Van" and the like in a family name. */
export const SURNAME_STEMS = words(`
backer smet smedt clercq vos bruyn cock meyer ridder pauw wolf groote wachter coninck schepper keyser waele bock graeve
schrijver boeck jonghe paepe baets winter bie wit witte roeck cuyper coster kegel muynck neve greef berghe broeck broucke
velde walle bossche steen heuvel abeele bergh eynde brande driessche daele damme acker hecke houtte hoof hulle impe laer
loo moer nuffel poucke reeth rompaey roy wesemael weyenberg amrani khatib idrissi ouali bakkali haddou mansour fassi
moor maeseneer maeyer wulf sutter vriendt vree block bruyne ryck rycke smul troyer vleeschauwer lange jong boer
linden elst camp hout gucht heyden straeten hove hulst kerckhove`);

/** Parts that join a family name: "Van den Broeck", "El Amrani". */
export const PARTICLES = words(
  'van von de den der ten ter te la le du des di da dos el al ben bin abu ibn vande vanden vander mc mac o d',
);

/** A pupil in the words of a school; a name that follows directly is a pupil's. */
export const PUPIL_NOUNS = words(`
lln llnn ll leerl leerling leerlinge leerlingen leerlinges scholier scholiere student studente studenten cursist
cursiste kleuter kleuters peuter kind kinderen kindje jongen jongens jongetje meisje meisjes meiske jongere jongeren
client cliente tiener internaatsleerling klasgenoot klasgenote klasgenootje minderjarige pleegkind zorgleerling baby
pupil pestkop gepeste slachtoffer dader patient patiente`);

/** Relatives; a name after them, or after them and "van", is of a pupil or a pupil's family. */
export const KIN_NOUNS = words(`
mama mam mams mamma ma moeder moeders papa pap pa vader vaders ouder ouders oma opa grootmoeder grootvader grootouders
bomma bompa broer broers broertje broertjes broeder zus zussen zusje zusjes tweelingbroer tweelingzus tweeling
halfbroer halfzus stiefbroer stiefzus zoon zonen zonen zoontje zoontjes dochter dochters dochtertje dochtertjes kleinzoon
kleindochter stiefzoon stiefdochter pleegzoon pleegdochter pleegmoeder pleegvader pleegouder pleegouders pleegmama
pleegpapa plusmama pluspapa plusmoeder plusvader plusouder stiefmoeder stiefvader stiefmama stiefpapa stiefouder adoptieouders
nonkel oom tante neef neefje nicht nichtje voogd voogdes gezin familie vriendje vriendinnetje vriend
vriendin liefje buurjongen buurmeisje thuissituatie kids`);

/** Endings of other words for relatives: "vakantiepapa", "tweelingbroers". */
export const KIN_ENDING =
  /(?:broer|broertje|zus|zusje|zoon|zoontje|dochter|dochtertje|vader|moeder|papa|mama|ouder)(?:s|en)?$/;

/** Words that have a person after "van" or a colon, but only when a known first name follows. */
export const WEAK_CUES = words(`
dossier zorgdossier leerlingendossier lars verslag attest situatie gedrag casus case overleg mdo afwezigheid afwezigheden
spijbelgedrag welbevinden inschrijving uitschrijving overstap rapport toetsen resultaten punten diagnose test 
intake aanmelding verjaardag problemen
problematiek betreft inzake ivm onderwerp aangaande omtrent klastitularis juf meester leerkracht leraar
lerares titularis gon ondersteuner zorgcoordinator zorgco huisarts psycholoog psychologe therapeut therapeute
logopediste kinesist kinesiste zorgen kleine geval zorgvraag aanvraag uitsluiting schorsing zorg zorgfiche fiche 
identiteitskaart paspoort toestand veiligheid medicatie allergie aangifte melding rijksregisternummer
rrn insz geboortedatum rekeningnummer `);

/** Words that introduce a name. */
export const NAMING_WORDS = words(
  'heet heette heten genaamd genoemd noemt noemen naam voornaam achternaam familienaam roepnaam',
);

/** Somebody who works here or with us: names beside them are no pupils. */
export const STAFF_NOUNS = words(`
collega collegas directeur directeurs directrice directie adjunct adjunct-directeur schoolhoofd juf juffrouw
juffen jufs meester meesters leerkracht leerkrachten leraar leraren lerares docent docente titularis klastitularis klasleraar
klasleerkracht zorgcoordinator zorgcoordinatoren zorgco zorgleerkracht zorgjuf zorgmeester leerlingbegeleider leerlingbegeleidster
leerlingenbegeleider leerlingenbegeleidster leerlingenbegeleiding gok-leerkracht okan-coach vervolgcoach graadcoordinator coordinator
coordinatrice coordinatie teamcoordinator teamleider teamleidster teamverantwoordelijke afdelingshoofd clb-directeur
clb-medewerker clb-medewerkster clb-arts clb-anker clb-psycholoog clb-psychologe clb-verpleegkundige clb-collega clbmedewerker
medewerker medewerkster arts artsen schoolarts huisarts dokter dr dokters verpleegkundige verpleegster psycholoog psychologe
kinderpsychiater psychiater therapeut therapeute logopedist logopediste kinesist kinesiste kine ergotherapeut ergotherapeute
orthopedagoog orthopedagoge pedagoog pedagoge ortho begeleider begeleidster begeleiders trajectbegeleider leersteuner
ondersteuner ondersteuners leerondersteuner gon-begeleider maatschappelijk assistent assistente werker werkster opvoeder opvoedster
internaatsbeheerder beheerder beheerster secretaresse secretaris secretariaat secretariaatsmedewerker onthaalmedewerker
onthaal ankerpersoon anker contactpersoon contact aanspreekpunt spoc adviseur adviseurs pedagogisch stafmedewerker
stafmedewerkers navormer nascholer vormer spreker spreekster lesgever trainer coach coaches expert jurist juriste advocaat advocate
rechter jeugdrechter parketmagistraat magistraat notaris consulent consulente inspecteur inspectrice inspectie wijkagent
politie agent minister staatssecretaris schepen burgemeester professor prof auteur auteurs schrijver schrijfster onderzoeker
onderzoekster ombudsman ombudsvrouw kinderrechtencommissaris voorzitter ondervoorzitter bestuurder afgevaardigde
vakbondsafgevaardigde preventieadviseur vertrouwenspersoon dpo informatieveiligheidsconsulent ict-coordinator
klusjesman poetsvrouw poetshulp busbegeleider busbegeleidster chauffeur stagiair stagiaire vervanger vervangster mentor mentoren
ambassadeur hoofd diensthoofd helpdesk helpdeskmedewerker webmaster redacteur team teamlid teamgenoot verantwoordelijke
juffie`);

/** Endings of other words for staff: "gymleerkracht", "zorgcoordinator". */
export const STAFF_ENDING =
  /(?:leerkracht|leraar|lerares|coordinator|begeleider|begeleidster|medewerker|medewerkster|directeur|arts|psycholoog|psychologe|juf|meester|coach|verantwoordelijke|adviseur|inspecteur|ondersteuner|therapeut|therapeute|verpleegkundige|assistent|assistente|consulent|consulente|beheerder)(?:en|s|n)?$/;

/** Before the name of who writes or is written to. */
export const SALUTATIONS = words(`
groeten groetjes groet groeten mvg vriendelijke beste hoi dag hallo hey goedemorgen goeiemorgen goeiedag goedemiddag geachte dank bedankt
dankjewel tav cc`);

/** What a teacher teaches: "de leerkracht wiskunde Jan". */
export const SUBJECTS = words(`
wiskunde nederlands frans engels duits geschiedenis aardrijkskunde fysica chemie biologie godsdienst zedenleer lo turnen zwemmen muziek
plastische techniek latijn economie ict informatica zorg lager kleuteronderwijs islam`);

/** Titles: somebody who works here, unless a relative stands beside the name. */
export const TITLES = words('meneer mevrouw mevr mvr mw dhr heer mijnheer madame');

/** Organisations; a name followed by "van" and one of these is a member of staff. */
export const ORGANISATIONS = words(`
clb vclb poc pbd go cgg caw ocj vk vdab vaph agodi ahovoks prodia vcov pbdgo ministerie departement universiteit hogeschool ugent kuleuven vub
helpdesk inspectie directie secretariaat helpdeskteam leersteuncentrum ondersteuningsnetwerk kinderrechtencommissariaat ombudsdienst
politie parket vertrouwenscentrum scholengroep icto ict begeleidingsdienst stafdienst personeelsdienst vlor`);

/** Institutions, materials and the like: a name beside them belongs to the thing. */
export const THING_NOUNS = words(`
clb clbs vclb poc pbd go cgg caw ocj vk vcov vdab vaph agodi ahovoks prodia kiva school schools scholen basisschool kleuterschool
freinetschool steinerschool methodeschool lagere middenschool hogeschool muziekschool tekenacademie academie universiteit
atheneum athenea college instituut campus internaat lyceum leefschool scholengroep scholengemeenschap scholenkoepel
ka bs bsgo kta ksd mpi mpigo stedelijk gemeenteschool vestiging vestigingsplaats afdeling centrum centra leersteuncentrum
ondersteuningsnetwerk dienst diensten team ploeg werkgroep commissie raad koepel organisatie vzw vereniging stichting ziekenhuis kliniek
uz az mutualiteit ziekenfonds gemeente stad provincie straat laan plein zaal lokaal gebouw park museum bibliotheek theater
methode methodiek handboek boek tool tools instrument instrumenten test toets toetsen vragenlijst screening programma app applicatie
platform website site systeem software pakket project projecten traject vorming vormingen opleiding cursus workshop webinar studiedag
nascholing congres brochure folder document documenten formulier sjabloon map nota tekst artikel publicatie rapport
nieuwsbrief podcast film video spel decreet wet wetten besluit omzendbrief richtlijn reglement protocol draaiboek
plan fiche methodes boekenreeks serie reeks award prijs fonds regio cluster klasgroep module prentenboek werkvorm model
theorie leerlijn kader leidraad stappenplan kijkwijzer leerplan richting studierichting materiaal map rubriek knop link menu
sint st heilige heilig onze-lieve-vrouw onze-lieve-vrouwe koning koningin prins prinses don pater zuster zusters
lezing boeken volgens`);

/** Capitalised words that are no names wherever they stand. */
export const NO_NAMES = words(`
januari februari maart april mei juni juli augustus september oktober november december feb mrt apr jun jul aug sep sept
okt nov dec maandag dinsdag woensdag donderdag vrijdag zaterdag zondag kerst kerstmis pasen pinksteren hemelvaart ramadan
offerfeest suikerfeest herfstvakantie kerstvakantie krokusvakantie paasvakantie zomervakantie herfst winter lente zomer
wat wie waar wanneer waarom hoe welke welk hoeveel kan kun kunnen mag mogen moet moeten wil willen zal zullen is zijn was
waren heeft hebben had wordt worden werd komt gaat zit staat doet weet geeft krijgt ik je jij u hij zij ze we wij jullie men
het een de dit dat deze die er dan en of maar want dus ook niet geen wel nog al als om op in uit van voor na met zonder bij
tot aan over onder door tegen sinds vanaf volgens via per naar graag dank dankjewel bedankt alvast groeten groetjes mvg vriendelijke hallo
dag beste goeiedag goedemorgen goeiemorgen goedemiddag hoi ja nee neen ok oke mijn jouw uw haar ons onze hun bestaat
iemand niemand iets alles alle elke ieder iedere sommige veel weinig meer minder andere nieuw nieuwe oud oude eerste tweede derde
vierde vijfde zesde graag gelieve zie vraag vragen antwoord info informatie probleem help hulp aub asap ps nb pm
aalst aalter aarschot aartselaar affligem alken alveringem antwerpen anzegem ardooie arendonk asse assenede avelgem balen beernem
beerse beersel begijnendijk bekkevoort beringen berlaar berlare bertem bever beveren bierbeek bilzen blankenberge bocholt boechout bonheiden
boom boortmeerbeek borgloon bornem borsbeek boutersem brakel brasschaat bredene bree brugge brussel buggenhout damme dendermonde
denderleeuw dentergem dessel destelbergen deurne diepenbeek diest diksmuide dilbeek dilsen-stokkem drogenbos duffel edegem eeklo erpe-mere essen evergem
galmaarden gavere geel geetbets genk gent geraardsbergen gistel grimbergen grobbendonk haacht haaltert halle ham hamme hamont-achel harelbeke
hasselt heers heist heist-op-den-berg hemiksem herent herentals herk-de-stad herne herselt heuvelland hoboken hoegaarden hoeilaart holsbeek hooglede
hoogstraten houthalen houthalen-helchteren houthulst hove huldenberg hulshout ichtegem ieper ingelmunster izegem jabbeke kalmthout kampenhout kapellen
kasterlee keerbergen kinrooi knokke knokke-heist koekelare koksijde kontich kortemark kortenaken kortenberg kortrijk kraainem kruibeke kuurne laakdal
laarne lanaken landen langemark lebbeke lede ledegem lendelede lennik leopoldsburg leuven lichtervelde liedekerke lier lievegem lille linkebeek
lint linter lochristi lokeren lommel londerzeel lubbeek maaseik maasmechelen machelen maldegem malle mechelen meerhout meise melle
menen merchtem merelbeke merksem meulebeke middelkerke mol molenbeek moorslede mortsel nazareth nevele niel nieuwpoort nijlen ninove olen oostende
oosterzele oostkamp opwijk oudenaarde oud-turnhout oudsbergen overijse overpelt peer pelt pepingen pittem poperinge putte puurs ranst ravels
retie riemst rijkevorsel roeselare ronse roosdaal rotselaar ruiselede rumst schaarbeek schelle scherpenheuvel schilde schoten sint-niklaas
sint-truiden spiere staden steenokkerzeel stekene temse ternat tervuren tessenderlo tielt tielt-winge tienen tongeren torhout tremelo turnhout
veurne vilvoorde vleteren voeren vorselaar vosselaar waarschoot waasmunster wachtebeke waregem wellen wemmel wervik westerlo wetteren wevelgem
wezembeek-oppem wichelen wielsbeke wijnegem willebroek wingene wommelgem wortegem wuustwezel zandhoven zaventem zedelgem zele zelzate zemst
zoersel zonhoven zonnebeke zottegem zoutleeuw zuienkerke zulte zutendaal zwalm zwevegem zwijndrecht anderlecht elsene etterbeek evere ganshoren
jette koekelberg laken ukkel vorst vlaanderen wallonie belgie nederland frankrijk duitsland europa turkije marokko syrie afghanistan oekraine
polen roemenie bulgarije limburg vlaams-brabant west-vlaanderen oost-vlaanderen kempen meetjesland westhoek waasland hageland brusselse antwerpse gentse limburgse
west oost noord zuid midden vlaams vlaamse belgisch belgische nederlands nederlandse nederlandstalig nederlandstalige frans franse
franstalig franstalige duits duitse duitstalige engels engelse engelstalige turks turkse marokkaans marokkaanse arabisch arabische arabischtalige oekraiens oekraiense
syrisch syrische afghaans afghaanse pools poolse roemeens roemeense bulgaars bulgaarse spaans spaanse italiaans italiaanse portugees
portugese russisch russische albanees albanese somalisch somalische palestijns palestijnse anderstalig anderstalige europese europees roma joods joodse
latijn grieks wiskunde wetenschappen economie humane techniek biotechniek stem godsdienst zedenleer islamitische katholieke protestantse
katholiek vrij vrije officieel openbaar algemeen algemene bijzonder bijzondere secundair secundaire lager basis kleuteronderwijs onderwijs onderwijskiezer
departement agentschap ministerie overheid regering parlement commissie raad dienst centrum centraal centrale kind gezin opgroeien
prodia agodi ahovoks bednet kiva columbus smartschool teams office outlook sharepoint onedrive whatsapp facebook instagram tiktok snapchat
google microsoft chatgpt copilot youtube discord lars datawarehouse leersteun leersteuncentrum vertrouwenscentrum tejo awel
overkop jac crisismeldpunt politie parket jeugdrechtbank ombudsdienst kinderrechtencommissariaat sociaal sociale
school clb go internaat team team's ouders leerlingen leerling bijlage onderwerp betreft type nota handboek
tigrinya pasjtoe dari farsi swahili lingala urdu berbers koerdisch koerdische somali romani tamazight hindi chinees chinese japans thais
vietnamees oezbeeks tsjetsjeens tsjetsjeense iraans iraanse iraaks iraakse eritrees eritrese tibetaans tibetaanse hongaars slovaaks slovaakse grieks servisch kroatisch
roemeen turk ghanees syrier pool belg bulgaar marokkaan oekrainer afghaan albanees spanjaard italiaan fransman duitser engelsman nederlander
palestijn iraker iranier somalier eritreeer tsjetsjeen braziliaan rus nigeriaan congolees plus
montessori freinet steiner jenaplan dalton cito salto wisc wppsi sel kika vlot autisme dyslexie dyscalculie down asperger tourette
 wijk huis weg plan zorg brede fase beleid zorgfase zorgcontinuum jeugdhulp jeugdzorg integrale
kwetsbare begaafde hoogbegaafde hoogsensitieve zieke dove slechthorende blinde meertalige minderjarige
artikel besluit decreet wet strafwet grondwet codex omzendbrief jeugdwet salduz major avg gdpr`);

/** Endings of streets, schools, institutions and fields of study. */
export const STREET_OR_SCHOOL =
  /(?:straat|laan|plein|steenweg|dreef|kaai|vest|school|schooltje|college|atheneum|instituut|campus|lyceum|huis|centrum|decreet|wet|plan|onderwijs|begeleiding|dienst|groep|talige|kunde|zorg|werking|wetenschappen|techniek|technieken|talen|bouw|gezin|vluchteling|sport|kunsten|richting)$/;

/** Month names as a pattern. */
export const MONTHS =
  'januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|jan|feb|mrt|maa|apr|jun|jul|aug|sept|sep|okt|nov|dec';

/** Words that announce a national register number. */
export const NATIONAL_CUE =
  /rijksregister(?:nummer|nr|n°)?|rijks?reg\.?|\brr[ .-]?(?:nummer|nr|n°)|\brrn?\b|\binsz\b|\bniss\b|nationaal nummer|\bbis-?nummer|identificatienummer|sis-?nummer/gi;

/** Words that announce a phone number. */
export const PHONE_CUE =
  /\b(?:tel|telefoon|telefoonnummer|telefoonnr|telnr|gsm|gsm-nummer|gsmnummer|gsm-nr|mobiel|mobieltje|whatsapp|sms|sms'en|fax|bel|belt|bellen|gebeld|opbellen|bereikbaar|bereiken|bereik|noodnummer|thuisnummer|contactnummer)\b/gi;

/** Words that announce a file number or the like. */
export const REFERENCE_CUE =
  /dossier(?:nummer|nr)?|referentie(?:nummer)?|\bref\b|kenmerk|factuur(?:nummer)?|\bticket|zaaknummer|rolnummer|notitienummer|bestel|\bpolis|klant|\bartikel|\bisbn\b|\bissn\b|\border|serienummer|barcode|licentie|contractnummer|aanvraagnummer|registratienummer|stamnummer|instellingsnummer|vestigingsnummer|schoolnummer|omzendbrief|\bkbo\b|\bbtw\b|ondernemingsnummer|volgnummer|\bcode|toestelnummer|inventaris|leveringsnummer|verzending|\bpv\b|\bpin\b|meldingsnummer|documentnummer|\bcase\b|productnummer|rekeningref|mededeling|inschrijvingsnummer|erkenningsnummer|leerlingnummer|lidnummer|personeelsnummer|identificatiecode|versie|toegangscode|vergadering-id|meeting|vergaderings?-?id|\bid\b/gi;

/** Words that announce a date of birth. */
export const BIRTH_CUE =
  /\bgeboren\b|\bgeb(?=[.\s:])\.?|geboortedatum|geboortedag|geboortejaar|\bgeboorte\b|[°]|\bverjaardag\b|\bverjaart op\b|\bjarig\b|\bgbd\b|\bdob\b/gi;
/** The same, right after the date. */
export const BIRTH_CUE_AFTER =
  /^\s?[,(:–-]?\s?(?:is\s)?(?:geboren|geb\.|(?:als|zijn|haar|is de)?\s?geboortedatum)|^ (?:werd|is) [^.!?\n]{0,30}\bgeboren\b/i;
/** Between the announcement and a date: the sentence is about a rule, or about another date. */
export const NOT_A_BIRTH =
  /\b(?:v[oó]{2}r|na|vanaf|tot|tussen|sinds|tegen|uiterlijk|v[oó]{2}r|afspraak|overleg|gesprek|inschrijving|ingeschreven|start|wordt|nodig|invullen|ingevuld|aanpassen|regel|decreet|wet|gewijzigd|doorgeven|document|overgestapt)\b/i;

/**
 * Signs of acute danger, on text in lower case without accents and with single spaces between words. Wide on purpose:
 * showing the emergency routes once too often costs nothing.
 */
export const DANGER = [
  / zelf ?(?:dod|moor|mut|ver?wond|besch?adig|pijnig)|suicid|automutil| auto mutil| krast zich| snijdt? (?:zich|haar|hem|in )| zichzelf snij/,
  / (?:wil|wilt|wou|wilde|gaat|zou|liever|zal|gewoon) (?:\S+ ){0,3}(?:dood|sterven|doodgaan)| dood (?:wil|wilt|wou|wilde|willen|zijn|gaan)| doodswens| doodsgedachten/,
  / niet meer (?:\S+ ){0,2}(?:leven|verder|wakker worden|hier zijn)| geen zin meer in het leven| (?:levensmoe|levenseinde|afscheidsbrief)/,
  / uit het leven (?:stap|te stap|gestap)| eind\w* (?:\S+ ){0,3}aan (?:\S+ ){0,2}leven| van het leven (?:te )?beroven/,
  / (?:zich|zichzelf|haar|hem|iemand|mezelf|haarzelf|hemzelf|me) (?:\S+ ){0,2}iets (?:\S+ ){0,3}(?:aan ?doen|aan te doen|aangedaan|zal aandoen|aandoet)| iets aan te doen| iets aandoen/,
  / (?:onder|voor) (?:de |een )?(?:trein|metro|tram|auto)s? (?:\S+ ){0,2}(?:spring|gooi|gespro|gooien)| spring\w* (?:\S+ ){0,4}(?:brug|dak|trein|raam|venster)| van (?:de|het|een) (?:brug|dak) /,
  / overdosis| pillen (?:\S+ ){0,2}(?:genomen|geslikt|gepakt|nemen|slikken)| verhang\w*| opgehangen| ophangen aan| ophang\w* zich| zich ophang/,
  / mes(?:sen|je|sentrekker)? | messteek| (?:neer)?gestoken| steekpartij| knife | machete/,
  / wapen(?:s|dracht|bezit)? | (?:vuur|steek|slag|nep)wapen| pistool| geweer | revolver| bom | bommelding| bommen | explosie| amok| schietpartij| schieten/,
  /mishandel| (?:slaat|slaan|sloeg|schopt|geslagen|slagen|klappen) (?:\S+ ){0,2}(?:haar|hem|mij|me|kind|kinderen|zoon|dochter|leerling|mama|papa|broer|zus|krijgt|thuis)| (?:haar|hem|kind|thuis|papa|vader|mama|moeder|ouder|wordt|werd|is) (?:\S+ ){0,3}(?:slaat|slaan|sloeg|geslagen|geschopt)| blauwe plek/,
  /misbruik(?!\w* van (?:vertrouwen|gegevens|macht|middelen|recht|procedure|de regel))|verkracht| aanrand|aangerand| incest| (?:ongepast|ongewenst) (?:\S+ ){0,2}(?:aangeraakt|seks)| seksueel (?:grens|geweld|over)|aan (?:haar|hem|mij) gezeten|betast|naaktfoto|sextort|tienerpooier|loverboy|grooming/,
  /be ?dreig| dreigement| dreig\w* (?:\S+ ){0,4}(?:met|om|te) (?:\S+ ){0,3}(?:dood|dod|slaan|slaa|slag|steken|spring|geweld|iets|vermoord|weg ?lop|zelf|zich|haar|hem|mes|wapen|bom|brand|wraak)| dreigt met | dreigde met | dreigen met /,
  / (?:acuut|acute|onmiddellijk|direct|levens) ?(?:gevaar|dreiging|crisis|nood)| in (?:acuut |groot |direct )?gevaar | levensgevaar| levensbedreig| noodsituatie| noodgeval| (?:in )?crisissituatie| acute? (?:crisis|onveilig)/,
  / vermoord| doodma| doodslaan| doodsla| doden | iemand dood| wurg| verstikk| verdrink| brandstich| in brand (?:steken|te steken|gestoken)/,
  / vermist| weggelopen| wegloop| weg ?gelopen van| verdwenen (?:sinds|leerling|kind)| ontvoer|kidnap| parentale ontvoering| opgesloten/,
  / eergerelateerd| eerwraak|uithuwelijk|uitgehuwelijkt|gedwongen huwelijk|huwelijksdwang|genitale verminking|besnijdenis bij meisje/,
  / geweld thuis| thuisgeweld| huiselijk geweld| intrafamiliaal| partnergeweld| niet veilig (?:\S+ ){0,3}(?:thuis|voelt|is)| onveilig thuis| thuis (?:\S+ ){0,2}(?:niet veilig|onveilig)| durft niet (?:meer )?naar huis|bang om naar huis/,
  / er niet meer (?:\S+ )?(?:zijn|wezen)| niet meer zitten (?:\S+ ){0,5}(?:stap|leven|dood)| ziet het niet meer zitten| er ?uit (?:te )?(?:stap|gestap)| van kant | afscheids| een einde? aan/,
  / (?:neer|dood)(?:steek|stek|gestok|schiet|geschot|gescho|slaa|slag)| (?:zich|haar|hem|arm|armen|pols|polsen) (?:\S+ ){0,3}(?:gesneden|open|verbrand)| (?:haar|hem|mij|meisje|jongen|kind|leerling) (?:\S+ ){0,2}(?:aanraakt|aangeraakt|lastigval)| naakt(?:foto|beeld|video|film)|chant(?:age|eer)| agressief | gijzel| vergiftig| gevaar voor/,
  / psychose| psychotisch| hoort stemmen| bewusteloos| ademt niet|reanim/,
];

/** Words that may stand before a name without saying anything about it. */
export const DETERMINERS = words('de het een onze ons kleine mijn zijn haar hun die deze');
/** Words that join a name to a function or an organisation: "Els van het CLB". */
export const LINKS = words(`${[...DETERMINERS].join(' ')} van bij op uit voor als is was werkt in nieuwe aan`);
/** What may stand between "heet" or "naam" and the name. */
export const BETWEEN = words(`${[...LINKS].join(' ')} hij zij ze we wij ik zichzelf nu ook eigenlijk gewoon dat`);
export const PRONOUNS = words('hij zij ze haar hem die hun zijn');
/** A point after these ends no sentence. */
export const ABBREVIATIONS = words('lln ll llnn leerl geb mevr mvr mw dhr dr st prof nr bv ivm tav resp ca');
