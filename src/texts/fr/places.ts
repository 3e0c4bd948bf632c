import type { Texts } from "../en.ts";

export const place: Texts["place"] = {
  closed:
    "Le projet de ce salon est clos, ou a été déplacé dans un autre salon ; rien n’a été fait. Les membres qui peuvent gérer le serveur peuvent en commencer un nouveau ici avec `/projet créer`.",
  unknown:
    "Discord n’a pas dit quel est ce salon ; rien n’a été fait. Réessayez dans un salon que je peux voir.",
  elsewhere:
    "Ceci appartient au projet d’un autre salon ; rien n’a été fait. Cela ne marche que là-bas, tant que ce projet est ouvert.",
  none: "Ce salon n’a pas encore de projet : on y étiquette des hot-dogs. Les membres qui peuvent gérer le serveur peuvent créer un projet avec `/projet créer`.",
  privateThread:
    "On ne peut pas ajouter d’images depuis un fil privé ; rien n’a été enregistré. Envoyez-les plutôt dans le salon.",
  ageRestricted:
    "Les images d’un salon avec limite d’âge ne sont pas montrées à tout le monde ; rien n’a été enregistré. Faites d’abord de ce salon un projet : `/projet créer`.",
  createInThread:
    "Utilisez `/projet créer` dans le salon lui-même, où tout le monde peut voir le nouveau projet.",
};

export const projectRights: Texts["projectRights"] = {
  upload:
    "Seuls les membres qui peuvent gérer les messages ici peuvent ajouter des images au projet de ce salon ; rien n’a été enregistré.",
  moderate:
    "Seuls les membres qui peuvent gérer les messages ici peuvent faire cela dans le projet de ce salon.",
};
